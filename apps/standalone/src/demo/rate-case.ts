import type { Sample, SampleRating } from '../samples/sample';
import type { PlatformClient } from './platform-client';
import { type CaseShown, isEnded } from './view';

export interface RatedMove {
  client: PlatformClient;
  sample: Sample;
  shown: CaseShown;
  token: string;
}

/** What a family says of its case once all of it has ended, and the coordinator's call after a bad word. */
export async function rateCase({ client, sample: { rating }, shown, token }: RatedMove): Promise<void> {
  const hasEnded = shown.newborns.every(({ steps }) => steps.every(isEnded));
  if (rating === undefined || !hasEnded) return;
  if (shown.mayRate === true) {
    const { isCalledBack: _clerks, ...body } = rating;
    await client.send({ path: `/v1/applications/${shown.id}/rating`, token, body });
  } else if (isToBeCalled(rating, shown)) {
    await callBack(client, shown.id);
  }
}

const isToBeCalled = ({ isCalledBack }: SampleRating, { rating }: CaseShown): boolean =>
  isCalledBack && rating?.correctBy != null && rating.calledBackAt === null;

/** Looked at anew where the step moved meanwhile. */
async function callBack(client: PlatformClient, caseId: string): Promise<void> {
  const token = await client.clerkToken('clerk');
  const { body } = await client.get(`/clerk/v1/applications/${caseId}`, token);
  const tasks = (body['openTasks'] ?? []) as { kind: string; stepId: string }[];
  const task = tasks.find(({ kind }) => kind === 'bad_rating');
  const steps = ((body['newborns'] ?? []) as CaseShown['newborns']).flatMap((newborn) => newborn.steps);
  const step = steps.find(({ id }) => id === task?.stepId);
  if (step === undefined) return;
  const resolution = { expectedVersion: step.version, reason: 'called the family', decision: 'rating_called_back' };
  await client.send({ path: `/clerk/v1/steps/${step.id}/resolutions`, token, body: resolution });
}

const wordOf = (rating: CaseShown['rating']): string => {
  if (rating == null) return 'not rated';
  const call = rating.correctBy === null ? 'no call owed' : rating.calledBackAt === null ? 'call owed' : 'called back';
  return `rated ${rating.level} (${rating.levelName}), ${call}`;
};

/** Against what is written by hand of the end. */
export function ratingDifferences({ expect }: Sample, { rating }: CaseShown): string[] {
  const [wanted, given] = [expect?.rating ?? 'not rated', wordOf(rating)];
  return wanted === given ? [] : [`${given}, not ${wanted}`];
}
