import { type Provenance, SERVICE_CODES, type ServiceCode, checkProvenance, isInForce } from '@birth/domain';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { findSeeds } from '../load-county';

/** An official e-licence that its issuer shows on its own pages alone: the family is told where (P17). */
export interface IssuerLink extends Provenance {
  step: ServiceCode;
  name: string;
  issuer: string;
  /** The issuer's own page: https, the same for every family. */
  url: string;
  how: string;
}
export const ISSUER_LINKS = Symbol('ISSUER_LINKS');

/** Throws where a row lacks its words or source, or leads anywhere but to a public authority's page. */
export function loadIssuerLinks(seeds: string = findSeeds()): readonly IssuerLink[] {
  const text = readFileSync(join(seeds, 'e-licences', 'yunyang.json'), 'utf8');
  const { links } = JSON.parse(text) as { links: IssuerLink[] };
  for (const link of links) checkIssuerLink(link);
  return links;
}

const OFFICIAL = /^https:\/\/([a-z0-9-]+\.)+gov\.cn(\/[A-Za-z0-9/_-]*)?$/;

export function checkIssuerLink(link: IssuerLink): void {
  const { step, name, issuer, url, how } = link;
  checkProvenance(`e-licence ${step}`, link);
  if (!SERVICE_CODES.includes(step)) throw new Error(`e-licence ${String(step)}: unknown step`);
  const empty = Object.entries({ name, issuer, how }).find(([, value]) => !value?.trim());
  if (empty !== undefined) throw new Error(`e-licence ${step}: ${empty[0]} is empty`);
  if (!OFFICIAL.test(url)) throw new Error(`e-licence ${step}: url is not an authority's page`);
}

/** Of what is done, whoever did it: the issuer has it now. */
export const linksFor = (
  all: readonly IssuerLink[],
  today: string,
  steps: readonly { code: string; state: string }[],
): readonly IssuerLink[] =>
  all.filter(
    (link) => isInForce(link, today) && steps.some(({ code, state }) => code === link.step && state === 'completed'),
  );
