import type { ErrorCode } from '../../../domain/errors/errorCodes';
import type { Entries } from '../../explanation';

/** Errors about values, fields and calls. */
export const values = {
  ActionOffline: () => ({
    headline: 'Tencent Cloud no longer offers this action.',
    meaning: 'This version of Ferry can no longer make this call.',
    causes: ['this version of the API was taken offline'],
    next: 'Update Ferry to a newer version. Until then, use the DTS console.',
  }),
  DryRunOperation: () => ({
    headline: 'Tencent Cloud treated the call as a dry run.',
    meaning:
      'The parameters are fine, but the call changed nothing. Ferry never requests dry runs.',
    causes: ['a proxy adds the parameter DryRun'],
    next: 'Find out what adds DryRun to the call, and remove it.',
  }),
  InvalidAction: () => ({
    headline: "The endpoint doesn't know the action that Ferry called.",
    meaning: 'The host serves another product or version.',
    causes: ['TENCENTCLOUD_ENDPOINT is the host of another product'],
    next: 'Set TENCENTCLOUD_ENDPOINT to a DTS host, or leave it unset, and restart Ferry.',
  }),
  InvalidParameter: ({ from, to }) => ({
    headline: 'DTS rejected one of the values.',
    meaning: `A value has the wrong format or type – in ${from}, ${to} or an option.`,
    causes: [
      'incompatible options',
      "database or table names in a format that DTS doesn't expect",
      'a typo in an address or ID',
    ],
    next: "DTS's message may name the value. Correct it, then try again.",
  }),
  'InvalidParameter.BizInvalidParameterValueError': ({ to }) => ({
    headline: 'A value breaks a rule of DTS.',
    meaning: `Every value is readable, but one doesn't match ${to} or the other values.`,
    causes: ["the engine is not the instance's engine", 'an option is not available for it'],
    next: 'Check that the engine, the instance and the options match.',
  }),
  'InvalidParameter.ControllerNotFoundError': () => ({
    headline: 'DTS no longer offers the action that Ferry called.',
    meaning: 'The action is not registered in this version of the API.',
    causes: ['this version of the API is being replaced', 'the region lacks the action'],
    next: 'Use the DTS console, and update Ferry to a version that calls a newer API.',
  }),
  'InvalidParameter.InstanceNotFound': ({ creates, to, region }) => ({
    headline: "The instance doesn't exist.",
    meaning: `DTS can't find ${to} in ${region}.`,
    causes: ['the region is wrong', 'the ID has a typo', 'the instance was terminated'],
    next: creates
      ? 'Select the instance from the list in the form instead of typing its ID.'
      : 'Check in the console that the instance still exists.',
  }),
  'InvalidParameter.InvalidIpAddress': ({ from }) => ({
    headline: 'An IP address is not valid.',
    meaning: `The address is part of ${from}.`,
    causes: [
      'a host name where DTS expects an IP address',
      'a private address with public network access',
    ],
    next: 'Enter an address that DTS can reach with the selected access type.',
  }),
  'InvalidParameter.InvalidParameterError': ({ from }) => ({
    headline: 'A parameter is invalid.',
    meaning: `DTS rejected a parameter; check ${from} first.`,
    causes: ['a field that this access type requires is empty', 'a number is out of range'],
    next: 'Check all fields of the source again, including the port and the account.',
  }),
  InvalidParameterValue: ({ to, region }) => ({
    headline: 'DTS rejected a value.',
    meaning: `DTS understood every field. Check ${to} and ${region} first.`,
    causes: ['a wrong ID, region or address', "an option that this engine doesn't have"],
    next: "Correct the value named in DTS's message, then try again.",
  }),
  'InvalidParameterValue.BizInvalidParameterValueError': ({ engines, to }) => ({
    headline: "DTS can't run this combination of values.",
    meaning: `This is about ${engines}, with ${to}.`,
    causes: [
      "the source and target don't match",
      "the migration type doesn't fit the databases",
      'the job name is taken',
    ],
    next: "Change the value that doesn't fit: engine, databases, migration type or name.",
  }),
  'InvalidParameterValue.DataConvertError': () => ({
    headline: "DTS couldn't convert a value.",
    meaning:
      'DTS got text where it expects a number or list, most likely in the databases, tables or options.',
    causes: ['unusual characters in database or table names', 'invalid JSON in an option'],
    next: 'Check the databases and tables, and put unusual names in quotes.',
  }),
  'InvalidParameterValue.InvalidParameterValue': ({ creates, region }) => ({
    headline: 'A value is incorrect.',
    meaning: `DTS doesn't say which one. Check the region (${region}) and the IDs.`,
    causes: ['an ID from another region', 'a value that is no longer allowed'],
    next: creates
      ? 'Select regions and IDs from the lists in the form.'
      : 'Compare the region and the IDs with the DTS console.',
  }),
  'InvalidParameterValue.InvalidParameterValueError': ({ from }) => ({
    headline: 'DTS rejected the value of a field.',
    meaning: `It is usually a field of ${from}.`,
    causes: ["the source's address, port or account", 'a value that is too long'],
    next: "Correct the source's address, port or account.",
  }),
  InvalidRequest: () => ({
    headline: "Tencent Cloud couldn't read the call.",
    meaning: 'Its body arrived damaged.',
    causes: ['a proxy modifies or truncates requests'],
    next: 'Let Ferry connect to Tencent Cloud without that proxy.',
  }),
  MissingParameter: ({ emptyFields }) => ({
    headline: "Tencent Cloud requires a field that Ferry didn't send.",
    ...(emptyFields === undefined
      ? {
          meaning: 'The form has no such field.',
          causes: [
            'the API has a new required field',
            "this engine requires a field that Ferry doesn't know",
          ],
          next: 'Update Ferry to a newer version. Until then, use the DTS console.',
        }
      : {
          meaning: `The request leaves fields empty that DTS usually requires: ${emptyFields.map((label) => `“${label}”`).join(', ')}.`,
          causes: [
            'DTS requires a field that is empty',
            "the API requires a field that Ferry doesn't know",
          ],
          next: 'Fill in the empty fields, then try again.',
        }),
  }),
  NoSuchProduct: () => ({
    headline: 'The endpoint that Ferry called is not a DTS endpoint.',
    meaning: 'Tencent Cloud has no product at that host.',
    causes: ['a typo in TENCENTCLOUD_ENDPOINT'],
    next: 'Correct TENCENTCLOUD_ENDPOINT or leave it unset, and restart Ferry.',
  }),
  NoSuchVersion: () => ({
    headline: "The endpoint that Ferry called doesn't know the API version 2018-03-30.",
    meaning: 'The host serves other versions of DTS only.',
    causes: ['the endpoint belongs to a private or special zone'],
    next: 'Ask Tencent Cloud which host serves 2018-03-30 and set TENCENTCLOUD_ENDPOINT to it.',
  }),
  UnknownParameter: () => ({
    headline: "Tencent Cloud doesn't know a field that Ferry sent.",
    meaning: 'The API no longer accepts it, or does not accept it in this region.',
    causes: ['the API has changed', 'a proxy adds a field'],
    next: "Tencent Cloud's message names the field. Update Ferry to a newer version; until then, use the DTS console.",
  }),
  UnsupportedProtocol: () => ({
    headline: "Tencent Cloud didn't accept the protocol of the call.",
    meaning: 'It accepts GET and POST over HTTP(S); Ferry uses POST over HTTPS.',
    causes: ['a proxy changes the method or the protocol'],
    next: 'Check the proxy and TENCENTCLOUD_ENDPOINT.',
  }),
} satisfies Partial<Entries<ErrorCode>>;
