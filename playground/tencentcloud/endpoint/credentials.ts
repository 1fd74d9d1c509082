/** An endpoint's only account. With a `token`, the credential is temporary (STS). */
export interface Credentials {
  readonly secretId: string;
  readonly secretKey: string;
  readonly token?: string;
}

/** An endpoint's default SecretId. It is invalid at Tencent Cloud. */
export const DEFAULT_SECRET_ID = 'AKIDplaygroundplaygroundplayground00';

/** The SecretKey of `DEFAULT_SECRET_ID`. */
export const DEFAULT_SECRET_KEY = 'p7YgQ2mVx9RkT4wZc1LbN8sHd3JfU6eA';
