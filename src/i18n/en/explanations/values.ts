import type { ErrorCode } from '../../../domain/errors/errorCodes';
import type { Entries } from '../../explanation';

/** Values, fields and calls that were not understood. */
export const values = {
  ActionOffline: () => ({
    headline: 'Tencent Cloud no longer offers this version of CreateMigrateJob.',
    meaning: 'No request can be carried out by this Ferry any more.',
    causes: ['the API of 2018-03-30 was taken offline'],
    next: 'Look for a newer version of Ferry. Until then, create jobs in the DTS console.',
  }),
  DryRunOperation: () => ({
    headline: 'Tencent Cloud took the call as a rehearsal.',
    meaning: 'All is in order, but nothing was created. Ferry never asks for a rehearsal.',
    causes: ['a proxy adds the parameter DryRun'],
    next: 'Find what adds DryRun to the call, and take it away.',
  }),
  InvalidAction: () => ({
    headline: 'The address that Ferry called does not know CreateMigrateJob.',
    meaning: 'The host answers for another product or version.',
    causes: ['TENCENTCLOUD_ENDPOINT is the host of another product'],
    next: 'Set TENCENTCLOUD_ENDPOINT to a DTS host, or leave it empty, and restart Ferry.',
  }),
  InvalidParameter: ({ from, to }) => ({
    headline: 'DTS did not accept one of the values.',
    meaning: `Form or type of a value is wrong: of ${from}, of ${to}, or of an option.`,
    causes: [
      'options that do not go together',
      'databases or tables that are named in another way than DTS expects',
      'an address or id with a slip in it',
    ],
    next: "DTS's words below may name the value. Correct it and send the request again.",
  }),
  'InvalidParameter.BizInvalidParameterValueError': ({ to }) => ({
    headline: 'A value breaks a rule of DTS.',
    meaning: `Each value can be read; one does not fit ${to} or the others.`,
    causes: ['the engine is not that of the instance', 'an option is not available for it'],
    next: 'Check engine, instance and options against each other.',
  }),
  'InvalidParameter.InstanceNotFound': ({ to, region }) => ({
    headline: 'The instance does not exist.',
    meaning: `DTS finds no ${to} in ${region}.`,
    causes: ['the region is another one', 'the id has a slip', 'the instance was terminated'],
    next: 'Pick the instance from the list of the form instead of typing its id.',
  }),
  'InvalidParameter.InvalidIpAddress': ({ from }) => ({
    headline: 'An IP address is not valid.',
    meaning: `It belongs to ${from}.`,
    causes: [
      'a host name stands where DTS wants an address',
      'a private address, with public access',
    ],
    next: 'Give the address that DTS can reach by the chosen way.',
  }),
  'InvalidParameter.InvalidParameterError': ({ from }) => ({
    headline: 'A parameter is invalid.',
    meaning: `DTS did not take it as it is; look first at ${from}.`,
    causes: ['a field is empty that this access type needs', 'a number is out of range'],
    next: 'Go through the fields of the source once more, port and account included.',
  }),
  InvalidParameterValue: ({ to, region }) => ({
    headline: 'DTS did not accept a value.',
    meaning: `It understood every field. Check ${to} and ${region} first.`,
    causes: [
      'an id, region or address that is not right',
      'an option that this engine does not have',
    ],
    next: 'Correct the value that the words below name, and send the request again.',
  }),
  'InvalidParameterValue.BizInvalidParameterValueError': ({ engines, to }) => ({
    headline: 'The values do not make a migration that DTS can do.',
    meaning: `It concerns ${engines} into ${to}.`,
    causes: [
      'source and destination do not go together',
      'the type of migration does not fit the databases',
      'the job name is taken',
    ],
    next: 'Change what does not fit: engine, databases, type of migration or name.',
  }),
  'InvalidParameterValue.DataConvertError': () => ({
    headline: 'DTS could not convert a value.',
    meaning:
      'A text stands where it wants a number or a list, most likely among databases, tables or options.',
    causes: [
      'unusual characters in database or table names',
      'JSON in an option that is not valid',
    ],
    next: 'Look at the databases and tables of the request and write unusual names in quotes.',
  }),
  'InvalidParameterValue.InvalidParameterValue': ({ region }) => ({
    headline: 'A value is not correct.',
    meaning: `DTS names none; the region (${region}) and the ids are worth a look.`,
    causes: ['an id of another region', 'a value that was allowed once'],
    next: 'Choose regions and ids from the lists of the form.',
  }),
  'InvalidParameterValue.InvalidParameterValueError': ({ from }) => ({
    headline: 'DTS refused the value of a field.',
    meaning: `Often it is one of ${from}.`,
    causes: ['address, port or account of the source', 'a length that DTS does not take'],
    next: "Correct the source's address, port or account.",
  }),
  InvalidRequest: () => ({
    headline: 'Tencent Cloud could not read the call.',
    meaning: 'Its body arrived damaged.',
    causes: ['a proxy changes or cuts what passes'],
    next: 'Let Ferry reach Tencent Cloud without that proxy.',
  }),
  MissingParameter: () => ({
    headline: 'Tencent Cloud misses a field that Ferry did not send.',
    meaning: 'The form has no place for it.',
    causes: [
      'the API asks for more than it did',
      'this engine needs a field that Ferry does not know',
    ],
    next: 'Look for a newer version of Ferry. Until then, create the job in the DTS console.',
  }),
  NoSuchProduct: () => ({
    headline: 'The address that Ferry called is not one of DTS.',
    meaning: 'Tencent Cloud knows no product by that host.',
    causes: ['a slip in TENCENTCLOUD_ENDPOINT'],
    next: 'Correct TENCENTCLOUD_ENDPOINT or leave it empty, and restart Ferry.',
  }),
  NoSuchVersion: () => ({
    headline: 'The address that Ferry called does not know the API version 2018-03-30.',
    meaning: 'The host serves other versions of DTS only.',
    causes: ['the endpoint belongs to a private or special zone'],
    next: 'Ask Tencent Cloud which host serves 2018-03-30 and set TENCENTCLOUD_ENDPOINT to it.',
  }),
  UnknownParameter: () => ({
    headline: 'Tencent Cloud does not know a field that Ferry sent.',
    meaning: 'The API no longer takes it, or not in this region.',
    causes: ['the API has changed', 'a proxy adds a field'],
    next: 'Look for a newer version of Ferry; the words below name the field. Until then, use the DTS console.',
  }),
  UnsupportedProtocol: () => ({
    headline: 'Tencent Cloud did not accept how the call was sent.',
    meaning: 'It takes GET and POST over HTTP(S); Ferry posts over HTTPS.',
    causes: ['a proxy changes the method or the protocol'],
    next: 'Look at the proxy and at TENCENTCLOUD_ENDPOINT.',
  }),
} satisfies Partial<Entries<ErrorCode>>;
