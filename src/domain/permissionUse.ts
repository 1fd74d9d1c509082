/** What Ferry uses an optional permission in Tencent Cloud for. */
export type PermissionUse = 'following' | 'lists' | 'cards' | 'secrets';
