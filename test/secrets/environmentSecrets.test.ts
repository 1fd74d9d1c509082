import { parse } from 'dotenv';
import { suspiciousVariables } from '../../src/secrets/environmentSecrets';

const cutVariables = (envFile: string, environment: Record<string, string>) =>
  suspiciousVariables(environment, envFile).flatMap(({ problem, variable }) =>
    problem === 'cut_at_hash' ? [variable] : [],
  );
const quotedVariables = (environment: Record<string, string>) =>
  suspiciousVariables(environment, '').flatMap(({ problem, variable }) =>
    problem === 'quoted' ? [variable] : [],
  );

it.each([
  ['FERRY_SECRET_A=pass#word', ['FERRY_SECRET_A']],
  ['FERRY_SECRET_A=#password', ['FERRY_SECRET_A']],
  ['export FERRY_SECRET_A = pass#word', ['FERRY_SECRET_A']],
  ['DATABASE_URL=postgres://u:pa#ss@h/f', ['DATABASE_URL']],
  ['FERRY_SECRET_A=two words#three', ['FERRY_SECRET_A']],
  ['FERRY_SECRET_A=pass#word\r\nFERRY_SECRET_B=x#y', ['FERRY_SECRET_A', 'FERRY_SECRET_B']],
  ['FERRY_SECRET_A="pass#word"', []],
  ["FERRY_SECRET_A='pass#word'", []],
  ['FERRY_SECRET_A=password # a comment', []],
  ['# FERRY_SECRET_A=pass#word', []],
  ['FERRY_SECRET_A=password', []],
])('names the variables that a # cuts in %j', (text, names) => {
  expect(cutVariables(text, parse(text))).toEqual(names);
});

it('names no variable that the environment sets to something else', () => {
  expect(cutVariables('FERRY_SECRET_A=pass#word', { FERRY_SECRET_A: 'pass#word' })).toEqual([]);
});

it.each(['"canary"', "'canary'", '`canary`', ' "canary" '])('names a variable with %s', (value) => {
  expect(quotedVariables({ FERRY_SECRET_A: value, OTHER: value })).toEqual(['FERRY_SECRET_A']);
});

it.each(['canary', '"canary', 'can"a"ry', '"canary\'', ''])('names none with %s', (value) => {
  expect(quotedVariables({ FERRY_SECRET_A: value })).toEqual([]);
});
