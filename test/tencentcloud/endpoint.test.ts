import { type Endpoint, endpointFor, siteOf } from '../../src/tencentcloud/endpoint';

describe('the endpoint', () => {
  it.each([
    ['dts', 'ap-guangzhou', 'dts.tencentcloudapi.com'],
    ['dts', 'ap-shenzhen-fsi', 'dts.ap-shenzhen-fsi.tencentcloudapi.com'],
    ['dts', 'ap-shanghai-fsi', 'dts.ap-shanghai-fsi.tencentcloudapi.com'],
    ['dts', 'ap-beijing-fsi', 'dts.ap-beijing-fsi.tencentcloudapi.com'],
    ['vpc', 'ap-guangzhou', 'vpc.tencentcloudapi.com'],
    ['cvm', 'ap-shenzhen-fsi', 'cvm.ap-shenzhen-fsi.tencentcloudapi.com'],
    ['ssm', 'na-siliconvalley', 'ssm.tencentcloudapi.com'],
  ])('of %s in %s is %s', (service, region, host) => {
    expect(endpointFor(service, region, undefined)).toEqual({ protocol: 'https:', host });
  });

  it.each([
    ['127.0.0.1:8080', '127.0.0.1:8080'],
    ['gateway.example.com', 'gateway.example.com'],
    ['dts.example.com', 'dts.example.com'],
    ['dts.nottencentcloudapi.com', 'dts.nottencentcloudapi.com'],
    ['dts.tencentcloudapi.com.example.com', 'dts.tencentcloudapi.com.example.com'],
    ['dts.intl.tencentcloudapi.com', 'ssm.intl.tencentcloudapi.com'],
    ['dts.tencentcloudapi.com:443', 'ssm.tencentcloudapi.com:443'],
  ])('is the configured one for every service: with %s, ssm is at %s', (host, ssmHost) => {
    const override = { protocol: 'https:', host } as const;
    expect(endpointFor('dts', 'ap-shenzhen-fsi', override)).toEqual(override);
    expect(endpointFor('ssm', 'ap-shenzhen-fsi', override)).toEqual({
      protocol: 'https:',
      host: ssmHost,
    });
  });
});

it.each<[string | undefined, string]>([
  [undefined, 'mainland'],
  ['dts.tencentcloudapi.com', 'mainland'],
  ['dts.intl.tencentcloudapi.com', 'international'],
  ['dts.intl.tencentcloudapi.com:443', 'international'],
  ['dts.intl.tencentcloudapi.com:443x', 'mainland'],
  ['dts.intl.tencentcloudapi.com.example.com', 'mainland'],
  ['dts.intlxtencentcloudapi.com', 'mainland'],
])('links to the console of the site of %s: %s', (host, site) => {
  const endpoint: Endpoint | undefined =
    host === undefined ? undefined : { protocol: 'https:', host };
  expect(siteOf(endpoint)).toBe(site);
});
