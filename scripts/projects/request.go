package main

import (
	"cmp"
	"context"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"strings"
	"time"
)

// answer is what a service answers.
type answer struct {
	status int
	body   string
	cookie string
}

// me sends a token to the API.
func me(ctx context.Context, p project, url, token string) (answer, error) {
	header, value := "Authorization", "Bearer "+token
	if p.cookie {
		header, value = "Cookie", `access_token="Bearer `+token+`"`
	}
	return send(ctx, http.MethodGet, url+"/me", "", header, value)
}

// login returns what holds the token that the service issues: its cookie, or the member
// of its answer.
func login(ctx context.Context, p project, url string) (string, error) {
	header, value := "Accept", "application/json"
	if p.login != "" {
		header, value = "Content-Type", "application/x-www-form-urlencoded"
	}
	got, err := send(ctx, http.MethodPost, url+"/login", p.login, header, value)
	if err != nil || p.cookie {
		return got.cookie, err
	}
	var members struct {
		AccessToken string `json:"access_token"`
		Access      string `json:"access"`
		Token       string `json:"token"`
	}
	if err := json.Unmarshal([]byte(got.body), &members); err != nil {
		return "", fmt.Errorf("the login answers %d: %s", got.status, got.body)
	}
	token := cmp.Or(members.AccessToken, members.Access, members.Token)
	if token == "" {
		return "", fmt.Errorf("the login answers %d: %s", got.status, got.body)
	}
	return token, nil
}

// send sends a request and reads the answer.
func send(ctx context.Context, method, url, body, header, value string) (answer, error) {
	request, err := http.NewRequestWithContext(ctx, method, url, strings.NewReader(body))
	if err != nil {
		return answer{}, fmt.Errorf("the request: %w", err)
	}
	request.Header.Set(header, value)
	client := http.Client{Timeout: 20 * time.Second}
	response, err := client.Do(request)
	if err != nil {
		return answer{}, fmt.Errorf("calling the API: %w", err)
	}
	defer response.Body.Close()
	text, err := io.ReadAll(io.LimitReader(response.Body, 1<<16))
	if err != nil {
		return answer{}, fmt.Errorf("calling the API: %w", err)
	}
	return answer{response.StatusCode, string(text), response.Header.Get("Set-Cookie")}, nil
}
