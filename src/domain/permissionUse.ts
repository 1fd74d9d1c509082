/** What Ferry uses a permission in Tencent Cloud for. All but `creating` are optional. */
export type PermissionUse =
  | 'creating'
  | 'following'
  | 'results'
  | 'buttons'
  | 'lists'
  | 'cards'
  | 'secrets';
