import type { ApplicationForm, ParentForm } from '@birth/domain';
import type { PeopleAction, Sample } from '../samples/sample';
import type { PlatformClient } from './platform-client';

export interface PeopleMove {
  client: PlatformClient;
  sample: Sample;
  form: ApplicationForm;
  caseId: string;
  /** Of who filed. */
  token: string;
}

/** The hospital's own number of a birth whose record its desk will name. */
const recordNumberOf = ({ name }: Sample, index: number): string => `ZY-${name}-${index}`;
export const namedRecord = (sample: Sample, index: number): { recordNumber?: string } =>
  sample.actions?.some(({ do: what }) => what === 'link_record') ? { recordNumber: recordNumberOf(sample, index) } : {};

const DECLARATION = { code: 'father_added_later', version: '1' };

/** What parents and clerks do about the people of a case; 200 where it was answered as the sample expects. */
export async function moveOfPeople(action: PeopleAction, move: PeopleMove): Promise<number> {
  const { status, body } = await answerTo(action, move);
  const wanted = action.answered;
  if (wanted === undefined) return status;
  return status === wanted.status && body['code'] === wanted.code ? 200 : status;
}

function answerTo({ do: what }: PeopleAction, move: PeopleMove) {
  switch (what) {
    case 'go_alone':
      return goAlone(move);
    case 'link_record':
      return asClerk(move, 'newborns/0/birth-record', {
        recordNumber: recordNumberOf(move.sample, 0),
        mother: 'deceased',
      });
    case 'sign_for_father':
      return asClerk(move, 'consents', { parent: 'father' });
    case 'protect':
      return asClerk(move, 'protection', { isProtected: true });
    case 'file_as_father':
      return asFather(move, '/v1/applications', { ...move.form, applicant: applicantOf(move.form.father) });
    case 'look_as_father':
      return asFather(move, `/v1/applications/${move.caseId}`);
  }
}

function goAlone({ client, caseId, token, sample }: PeopleMove) {
  const declaration = { ...DECLARATION, acceptedAt: new Date().toISOString() };
  const body = { declaration, newborns: sample.form.newborns.map(() => ({})) };
  return client.send({ path: `/v1/applications/${caseId}/mother-alone`, token, body });
}

async function asClerk({ client, caseId }: PeopleMove, operation: string, more: object) {
  const token = await client.clerkToken('clerk');
  const body = { reason: 'seen and compared at the desk', ...more };
  return client.send({ path: `/clerk/v1/applications/${caseId}/${operation}`, token, body });
}

const applicantOf = (parent: ParentForm | null) => ({
  role: 'father',
  name: parent?.name,
  identity: parent?.identity,
  mobile: parent?.mobile,
});

async function asFather({ client, form }: PeopleMove, path: string, body?: unknown) {
  if (form.father === null) throw new Error('this sample has no father');
  const token = await client.token(form.father);
  return body === undefined ? client.get(path, token) : client.send({ path, token, body });
}
