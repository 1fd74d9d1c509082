/** Where Ferry gets the keys for its calls to Tencent Cloud, most preferred first. */
export type CredentialSource = 'tke' | 'cvm' | 'role' | 'keys' | 'profile';
