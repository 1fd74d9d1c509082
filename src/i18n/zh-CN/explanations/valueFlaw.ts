import type { ValueFlaw } from '../../../domain/secrets/secretValue';

export function valueFlaw(kind: ValueFlaw['kind']): string {
  switch (kind) {
    case 'empty':
      return '该凭据为空。';
    case 'not_text':
      return '该凭据是二进制数据，不是 UTF-8 文本。';
    case 'untypable':
      return '该凭据含有多行内容、控制字符或不可见字符。';
    case 'broken_json':
      return '该凭据形似 JSON，但不是有效的 JSON。';
    case 'json_list':
      return '该凭据是 JSON 数组。';
    case 'url':
      return '该凭据是一个 URL，请只保存密码。';
    case 'no_password_key':
      return '该凭据是 JSON，但没有一个键表示密码。';
    case 'several_password_keys':
      return '该凭据是 JSON，但有多个键表示密码。';
    case 'password_not_text':
      return '该凭据是 JSON，但其中的密码不是文本。';
    default:
      return kind satisfies never;
  }
}
