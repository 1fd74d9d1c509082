import type { ValueFlaw } from '../../../domain/secrets/secretValue';

export function valueFlaw(kind: ValueFlaw['kind']): string {
  switch (kind) {
    case 'empty':
      return '该凭据的内容为空。';
    case 'not_text':
      return '该凭据的内容是二进制数据，不是 UTF-8 文本。';
    case 'untypable':
      return '该凭据的内容有多行，或含有控制字符、不可见字符。';
    case 'broken_json':
      return '该凭据的内容看似 JSON，但格式无效。';
    case 'json_list':
      return '该凭据的内容是 JSON 数组。';
    case 'url':
      return '该凭据的内容是 URL，请只保存密码。';
    case 'no_password_key':
      return '该凭据的内容是 JSON，但没有密码键。';
    case 'several_password_keys':
      return '该凭据的内容是 JSON，但有多个密码键。';
    case 'password_not_text':
      return '该凭据的内容是 JSON，但密码的值不是文本。';
    default:
      return kind satisfies never;
  }
}
