import type { ValueFlaw } from '../../../domain/secrets/secretValue';

/** Why a stored value isn't a usable password, in one sentence. */
export function valueFlaw(kind: ValueFlaw['kind']): string {
  switch (kind) {
    case 'empty':
      return 'The secret is empty.';
    case 'not_text':
      return 'The secret is binary data and not UTF-8 text.';
    case 'untypable':
      return 'The secret contains several lines, a control character or an invisible character.';
    case 'broken_json':
      return 'The secret looks like JSON, but it is not valid JSON.';
    case 'json_list':
      return 'The secret is a JSON list.';
    case 'url':
      return 'The secret is a URL. Store only the password.';
    case 'no_password_key':
      return 'The secret is JSON, and none of its keys looks like a password.';
    case 'several_password_keys':
      return 'The secret is JSON, and several of its keys look like passwords.';
    case 'password_not_text':
      return 'The secret is JSON, and its password is not text.';
    default:
      return kind satisfies never;
  }
}
