package main

import (
	"context"
	"errors"

	admissionv1 "k8s.io/api/admissionregistration/v1"
	corev1 "k8s.io/api/core/v1"
	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"
	"k8s.io/apimachinery/pkg/types"
)

var errNotThere = errors.New("the cluster has no such object")

// cluster has one service account and one pod.
type cluster struct{ uid, pod types.UID }

func (c cluster) GetServiceAccount(_ context.Context, namespace, name string) (*corev1.ServiceAccount, error) {
	if namespace != "default" || name != "builder" {
		return nil, errNotThere
	}
	return &corev1.ServiceAccount{ObjectMeta: metav1.ObjectMeta{Namespace: namespace, Name: name, UID: c.uid}}, nil
}

func (c cluster) GetPod(_ context.Context, namespace, name string) (*corev1.Pod, error) {
	if namespace != "default" || name != "builder-0" {
		return nil, errNotThere
	}
	return &corev1.Pod{ObjectMeta: metav1.ObjectMeta{Namespace: namespace, Name: name, UID: c.pod}}, nil
}

func (c cluster) GetSecret(context.Context, string, string) (*corev1.Secret, error) {
	return nil, errNotThere
}

func (c cluster) GetNode(context.Context, string) (*corev1.Node, error) {
	return nil, errNotThere
}

func (c cluster) GetValidatingWebhookConfiguration(context.Context, string) (*admissionv1.ValidatingWebhookConfiguration, error) {
	return nil, errNotThere
}

func (c cluster) GetMutatingWebhookConfiguration(context.Context, string) (*admissionv1.MutatingWebhookConfiguration, error) {
	return nil, errNotThere
}
