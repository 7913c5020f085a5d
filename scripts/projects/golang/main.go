// Golang is a service with net/http, golang-jwt and godotenv.
package main

import (
	"encoding/json"
	"log"
	"net/http"
	"os"
	"strings"
	"time"

	"github.com/golang-jwt/jwt/v5"
	"github.com/joho/godotenv"
)

func main() {
	if err := godotenv.Load(); err != nil {
		log.Fatal(err)
	}
	http.HandleFunc("POST /login", login)
	http.HandleFunc("GET /me", me)
	server := &http.Server{Addr: "127.0.0.1:" + os.Getenv("PORT"), ReadHeaderTimeout: 5 * time.Second}
	log.Fatal(server.ListenAndServe())
}

func login(w http.ResponseWriter, _ *http.Request) {
	lifetime, err := time.ParseDuration(os.Getenv("JWT_TTL"))
	if err != nil {
		http.Error(w, err.Error(), http.StatusInternalServerError)
		return
	}
	claims := jwt.RegisteredClaims{
		Issuer:    os.Getenv("JWT_ISSUER"),
		Subject:   "ada@example.com",
		ExpiresAt: jwt.NewNumericDate(time.Now().Add(lifetime)),
	}
	method := jwt.GetSigningMethod(os.Getenv("JWT_ALGORITHM"))
	token, err := jwt.NewWithClaims(method, claims).SignedString([]byte(os.Getenv("JWT_SIGNING_KEY")))
	if err != nil {
		http.Error(w, err.Error(), http.StatusInternalServerError)
		return
	}
	reply(w, map[string]string{"token": token})
}

func me(w http.ResponseWriter, r *http.Request) {
	text, _ := strings.CutPrefix(r.Header.Get("Authorization"), "Bearer ")
	key := func(*jwt.Token) (any, error) { return []byte(os.Getenv("JWT_SIGNING_KEY")), nil }
	token, err := jwt.ParseWithClaims(text, &jwt.RegisteredClaims{}, key,
		jwt.WithValidMethods([]string{os.Getenv("JWT_ALGORITHM")}), jwt.WithIssuer(os.Getenv("JWT_ISSUER")))
	if err != nil {
		http.Error(w, "unauthorized", http.StatusUnauthorized)
		return
	}
	subject, _ := token.Claims.GetSubject()
	reply(w, map[string]string{"user": subject})
}

func reply(w http.ResponseWriter, body map[string]string) {
	w.Header().Set("Content-Type", "application/json")
	if err := json.NewEncoder(w).Encode(body); err != nil {
		log.Print(err)
	}
}
