import { Controller, Get, Post, Request, UseGuards } from '@nestjs/common';
import { ConfigService } from '@nestjs/config';
import { JwtService } from '@nestjs/jwt';
import { AuthGuard } from '@nestjs/passport';

@Controller()
export class AuthController {
  constructor(
    private readonly jwt: JwtService,
    private readonly config: ConfigService,
  ) {}

  private sign(kind: 'ACCESS' | 'REFRESH') {
    return this.jwt.sign(
      { sub: 'ada@example.com' },
      {
        secret: this.config.getOrThrow(`JWT_${kind}_SECRET`),
        expiresIn: this.config.getOrThrow(`JWT_${kind}_EXPIRES_IN`),
      },
    );
  }

  @Post('login')
  login() {
    return { access_token: this.sign('ACCESS'), refresh_token: this.sign('REFRESH') };
  }

  @UseGuards(AuthGuard('jwt'))
  @Get('me')
  me(@Request() request: { user: object }) {
    return request.user;
  }
}
