import { setTimeout as delay } from 'node:timers/promises';
import type { ApplicationForm } from '@birth/domain';
import { aPdf } from './a-pdf';
import type { Sample } from '../samples/sample';
import type { Answer, Person, PlatformClient } from './platform-client';

export interface Filing {
  client: PlatformClient;
  sample: Sample;
  form: ApplicationForm;
  token: string;
  /** The same at every attempt. */
  key: string;
  filedAt: number;
}

const PATIENCE_MS = 20_000;
const AGAIN_MS = 250;

/** GA/T 2000.156, as the portal names papers. */
const IDENTITY_TYPES: Readonly<Record<string, string>> = { resident_id_card: '111', passport: '414' };

/** Under which number the city's portal has the case of this key. */
export const portalNumber = (key: string): string => `CQ-${key}`;

/** Here, or at the city's portal, which passes it on signed, with its own number and with papers by reference. */
export async function fileForm(filing: Filing): Promise<Answer> {
  const { client, sample, form, token, key } = filing;
  if (sample.portal === undefined) return client.send({ path: '/v1/applications', token, body: form, key });
  return passedOn(client, portalOrder(filing), Date.now() + PATIENCE_MS);
}

/** The portal repeats itself until it has an answer. */
async function passedOn(client: PlatformClient, order: object, deadline: number): Promise<Answer> {
  const { body } = await client.control('POST', '/_sandbox/government-portal/filings', order);
  const answer = { status: Number(body['status']), body: (body['body'] ?? {}) as Answer['body'] };
  if (answer.status < 500 || Date.now() > deadline) return answer;
  await delay(AGAIN_MS);
  return passedOn(client, order, deadline);
}

function portalOrder({ sample: { portal }, form, key, filedAt }: Filing): object {
  if (portal === undefined) throw new Error('this family does not file at the portal');
  return {
    caseNumber: portalNumber(key),
    handlingForm: portal.handlingForm,
    person: {
      ...personOf(form.applicant),
      mobile: form.applicant.mobile,
      verification: {
        method: portal.verifiedBy,
        level: '3',
        verifiedAt: new Date(filedAt).toISOString(),
        transaction: key,
      },
    },
    application: form,
    materials: portal.materials.map((name, index) => ({ name, content: paperOf(key, index) })),
  };
}

const paperOf = (key: string, index: number): string => aPdf(`paper ${index + 1} of ${key}`).toString('base64');

const personOf = ({ name, identity }: Person) => ({
  account: `p-${identity.number.slice(-8)}`,
  name,
  identityType: IDENTITY_TYPES[identity.type],
  identityNumber: identity.number,
});
