import { readConfig } from '@birth/platform';
import { IsAgencyUrl, isAgencyUrl } from './agency-url';

describe('D8: where calls with personal data may go', () => {
  it.each([
    'https://hub.cq.gov.cn/api',
    'https://10.20.30.40:8443/api',
    'http://127.0.0.1:4010/health-commission',
    'http://localhost:4010',
    'http://sandbox:4010/health-commission',
  ])('%s', (url) => expect(isAgencyUrl(url)).toBe(true));

  it.each([
    ['plain over the open network', 'http://hub.cq.gov.cn'],
    ['plain to another machine', 'http://10.20.30.40'],
    ['plain to this machine by another name', 'http://2130706434'],
    ['what a cloud tells of its host', 'https://169.254.169.254/latest'],
    ['the same, as one number', 'https://2852039166/latest'],
    ['the same, in octal', 'https://0251.0376.0251.0376/latest'],
    ['the same, within IPv6', 'https://[::ffff:169.254.169.254]/latest'],
    ['the link itself', 'https://[fe80::1]'],
    ['everything here', 'https://0.0.0.0'],
    ['everything here, IPv6', 'https://[::]'],
    ['a name before the host', 'https://hub.cq.gov.cn@evil.example'],
    ['a password', 'https://user:secret@hub.cq.gov.cn'],
    ['a query', 'https://hub.cq.gov.cn/?to=evil.example'],
    ['a backslash', 'https://hub.cq.gov.cn\\@evil.example'],
    ['a file', 'file:///etc/passwd'],
    ['another protocol', 'gopher://hub.cq.gov.cn'],
    ['a relative one', '//hub.cq.gov.cn'],
    ['none', ''],
  ])('not to %s', (_name, url) => expect(isAgencyUrl(url)).toBe(false));

  it('a process with another does not start', () => {
    class AnAgencyConfig {
      @IsAgencyUrl()
      AN_AGENCY_URL: string;
    }
    expect(() => readConfig(AnAgencyConfig, { AN_AGENCY_URL: 'http://hub.cq.gov.cn' })).toThrow(/AN_AGENCY_URL/);
    expect(readConfig(AnAgencyConfig, { AN_AGENCY_URL: 'https://hub.cq.gov.cn' }).AN_AGENCY_URL).toContain('cq');
  });
});
