/** The one account of an endpoint. With a `token` the credential is a temporary (STS) one. */
export interface Credentials {
  readonly secretId: string;
  readonly secretKey: string;
  readonly token?: string;
}

/** The SecretId an endpoint knows unless told otherwise. Opens nothing at Tencent Cloud. */
export const DEFAULT_SECRET_ID = 'AKIDplaygroundplaygroundplayground00';

/** The SecretKey that belongs to `DEFAULT_SECRET_ID`. */
export const DEFAULT_SECRET_KEY = 'p7YgQ2mVx9RkT4wZc1LbN8sHd3JfU6eA';
