import { doorOf } from './turned-away';

describe('the door that a message was sent to', () => {
  it.each([
    ['/agency/v1/public-security/messages', 'messages', 'public-security'],
    ['/agency/v1/public-security/messages?x=1', 'messages', 'public-security'],
    ['/agency/v1/birth-notifications', 'birth-notifications', 'hospital'],
    ['/agency/v1/worklist?agency=public-security', 'worklist', ''],
    ['/agency/v1/worklist/no-id/answers', 'worklist', ''],
    ['/agency/v1/deliveries/1/receipts', 'deliveries', ''],
    ['/agency/v1/portal/applications', 'portal', 'government-portal'],
  ])('%s', (url, door, sender) => expect(doorOf(url)).toEqual({ door, sender }));

  it.each(['/v1/applications', '/agency/v1/public-security', '/agency/v1/worklists', '/agency/v2/x/messages'])(
    '%s is none',
    (url) => expect(doorOf(url)).toBeNull(),
  );
});
