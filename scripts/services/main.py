"""The FastAPI tutorial's way of checking a token, with python-jose."""

import os

from fastapi import Depends, FastAPI, HTTPException, status
from fastapi.security import OAuth2PasswordBearer
from jose import JWTError, jwt

ALGORITHM = os.environ["ALGORITHM"]
KEY = os.environ.get("SECRET_KEY") or open(os.environ["PUBLIC_KEY_FILE"]).read()

app = FastAPI()
oauth2_scheme = OAuth2PasswordBearer(tokenUrl="token")


async def current_user(token: str = Depends(oauth2_scheme)) -> str:
    refused = HTTPException(
        status_code=status.HTTP_401_UNAUTHORIZED,
        detail="Could not validate credentials",
        headers={"WWW-Authenticate": "Bearer"},
    )
    try:
        payload = jwt.decode(token, KEY, algorithms=[ALGORITHM])
        username = payload.get("sub")
        if username is None:
            raise refused
    except JWTError:
        raise refused
    return username


@app.get("/users/me")
async def read_users_me(username: str = Depends(current_user)):
    return {"username": username}
