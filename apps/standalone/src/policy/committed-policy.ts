import { loadSamples } from '../samples/realise';
import { withGeneratedPart } from './policy-document';
import { factsOfSamples, familiesByRow, rawPolicy } from './policy-rows';

/** docs/policy.md as the seeds and the sample families of this working tree make it. */
export function documentWith(document: string): string {
  const raw = rawPolicy();
  const samples = factsOfSamples(raw, loadSamples());
  return withGeneratedPart(document, { raw, samples, families: familiesByRow(samples) });
}
