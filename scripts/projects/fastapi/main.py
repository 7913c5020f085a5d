"""The FastAPI tutorial's service, with the token in a cookie that only HTTP reads."""

import os
from datetime import datetime, timedelta
from typing import Optional

from dotenv import load_dotenv
from fastapi import Depends, FastAPI, HTTPException, Request, Response, status
from fastapi.openapi.models import OAuthFlows as OAuthFlowsModel
from fastapi.security import OAuth2
from fastapi.security.utils import get_authorization_scheme_param
from jose import JWTError, jwt

load_dotenv(".env")


class Settings:
    PROJECT_NAME: str = os.getenv("PROJECT_NAME")
    PROJECT_VERSION: str = os.getenv("PROJECT_VERSION")
    SECRET_KEY: str = os.getenv("SECRET_KEY")
    ALGORITHM: str = os.getenv("ALGORITHM")
    ACCESS_TOKEN_EXPIRE_MINUTES: int = int(os.getenv("ACCESS_TOKEN_EXPIRE_MINUTES"))


settings = Settings()
users = {"ada@example.com"}
app = FastAPI(title=settings.PROJECT_NAME, version=settings.PROJECT_VERSION)


class OAuth2PasswordBearerWithCookie(OAuth2):
    def __init__(self, tokenUrl: str):
        super().__init__(flows=OAuthFlowsModel(password={"tokenUrl": tokenUrl, "scopes": {}}))

    async def __call__(self, request: Request) -> Optional[str]:
        scheme, param = get_authorization_scheme_param(request.cookies.get("access_token"))
        if scheme.lower() != "bearer":
            raise HTTPException(status.HTTP_401_UNAUTHORIZED, "Not authenticated", {"WWW-Authenticate": "Bearer"})
        return param


oauth2_scheme = OAuth2PasswordBearerWithCookie(tokenUrl="/login")


def create_access_token(data: dict) -> str:
    expire = datetime.utcnow() + timedelta(minutes=settings.ACCESS_TOKEN_EXPIRE_MINUTES)
    return jwt.encode({**data, "exp": expire}, settings.SECRET_KEY, algorithm=settings.ALGORITHM)


def get_current_user_from_token(token: str = Depends(oauth2_scheme)) -> str:
    refused = HTTPException(status.HTTP_401_UNAUTHORIZED, "Could not validate credentials")
    try:
        payload = jwt.decode(token, settings.SECRET_KEY, algorithms=[settings.ALGORITHM])
    except JWTError:
        raise refused
    if payload.get("sub") not in users:
        raise refused
    return payload["sub"]


@app.post("/login")
def login(response: Response):
    access_token = create_access_token({"sub": "ada@example.com"})
    response.set_cookie(key="access_token", value=f"Bearer {access_token}", httponly=True)
    return {"access_token": access_token, "token_type": "bearer"}


@app.get("/me")
def me(user: str = Depends(get_current_user_from_token)):
    return {"user": user}
