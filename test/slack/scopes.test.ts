import { botScopes } from '../../src/slack/scopes';
import { manifest } from '../support/manifest';

it('the manifest asks for exactly the scopes that Ferry expects', () => {
  expect([...botScopes].sort()).toEqual(manifest().scopes.toSorted());
});
