import routing from '../../../../seeds/policy/routing.json';
import type { ApplicationForm, NewbornForm, ParentForm } from '../form';
import { checkForm, type FormContext } from '../form-rules/check-form';
import { FACT_DOMAINS, type RoutingFacts, routingFacts } from './facts';
import { confirmationNeed, parentsToAsk, routeSteps } from './route-steps';
import { readRoutingTable, type RoutingTable } from './routing-table';

const table = readRoutingTable(routing as unknown as RoutingTable);
const ORDINARY = Object.fromEntries(
  Object.entries(FACT_DOMAINS).map(([fact, [first]]) => [fact, first]),
) as unknown as RoutingFacts;
const newborn = {
  services: ['birth_certificate', 'vaccination', 'household_registration', 'medical_insurance'],
  name: null,
} as unknown as NewbornForm;
const parent = (number: string, absence?: ParentForm['absence']): ParentForm =>
  ({
    identity: { type: 'passport', number },
    household: { kind: 'family', region: '500235' },
    residence: { region: '500235' },
    nationality: 'CHN',
    ethnicity: '01',
    mobile: '13800000001',
    ...(absence === undefined ? {} : { absence }),
  }) as unknown as ParentForm;
const formOf = (people: Partial<ApplicationForm>): ApplicationForm =>
  ({
    mother: parent('M'),
    father: parent('F'),
    parentsRelation: 'married',
    applicant: { role: 'mother', identity: { type: 'passport', number: 'M' }, mobile: '13800000001' },
    newborns: [],
    declarations: [{ code: 'truthful' }],
    ...people,
  }) as unknown as ApplicationForm;
const BORN = { region: '500235', kind: 'hospital', bornOn: '2026-11-02' };
const FILED = { today: '2026-11-10', lateRegistrationMonths: 12, laneMaxMonths: 72 };

const [DEATH, CUSTODY, STATEMENT] = ['parent_death_certificate', 'custody_certificate', 'statement_from_custody'];

describe('P7: a parent died or is imprisoned', () => {
  it.each<[RoutingFacts['absence'], string[], string[]]>([
    ['deceased', [DEATH], [DEATH]],
    ['imprisoned', [STATEMENT], [CUSTODY]],
    ['both', [DEATH, STATEMENT], [DEATH, CUSTODY]],
  ])('%s: the household step goes to the window, each office sees its own paper', (absence, certificate, household) => {
    const steps = routeSteps(table, { ...ORDINARY, absence }, newborn);
    expect(steps).toMatchObject([
      { code: 'birth_certificate', route: 'online_with_papers', papers: certificate },
      { code: 'vaccination', route: 'online', papers: [] },
      { code: 'household_registration', route: 'window', officeKind: 'police_station', papers: household },
      { code: 'medical_insurance', route: 'online', papers: [] },
      { code: 'social_security_card', applies: false },
    ]);
  });

  it.each<[string, Partial<ApplicationForm>, RoutingFacts['absence']]>([
    ['nobody', {}, 'none'],
    ['a dead father', { father: parent('F', 'deceased') }, 'deceased'],
    ['an imprisoned father', { father: parent('F', 'imprisoned') }, 'imprisoned'],
    ['both', { mother: parent('M', 'imprisoned'), father: parent('F', 'deceased') }, 'both'],
  ])('%s is read off the form', (_name, people, absence) => {
    expect(routingFacts(formOf(people), newborn, BORN, FILED)).toMatchObject({ absence });
  });

  it('nobody asks the dead: one parent alive is asked, whoever files', () => {
    const guardian = { role: 'guardian', identity: { type: 'passport', number: 'G' } } as ApplicationForm['applicant'];
    const dead = { father: parent('F', 'deceased') };
    expect(parentsToAsk(formOf(dead))).toEqual([]);
    expect(parentsToAsk(formOf({ father: parent('F', 'imprisoned') }))).toEqual(['father']);
    const byGuardian = formOf({ ...dead, applicant: guardian });
    expect(confirmationNeed(byGuardian, false)).toMatchObject({ parents: ['mother'], byOutsider: true });
  });

  it('a certificate waits for no dead father’s word', () => {
    const needs = (form: ApplicationForm) =>
      routeSteps(table, ORDINARY, newborn, confirmationNeed(form, false)).map(
        (step) => step.applies && step.needsConfirmation,
      );
    expect(needs(formOf({}))).toEqual([true, false, false, false, false]);
    expect(needs(formOf({ father: parent('F', 'deceased') }))).toEqual([false, false, false, false, false]);
  });

  it('the dead have no mobile, and nobody files who died or is in custody', () => {
    const context = { births: [], verifiedIdentity: { type: 'passport', number: 'M' } } as unknown as FormContext;
    const codes = (people: Partial<ApplicationForm>) =>
      checkForm(formOf(people), context)
        .errors.filter(({ pointer }) => /mobile|absence/.test(pointer))
        .map(({ pointer, code }) => `${pointer} ${code}`);
    expect(codes({ father: { ...parent('F', 'deceased'), mobile: '' } })).toEqual([]);
    expect(codes({ father: { ...parent('F', 'imprisoned'), mobile: '' } })).toEqual(['/father/mobile bad_mobile']);
    expect(codes({ mother: parent('M', 'imprisoned') })).toEqual(['/mother/absence applicant_is_absent']);
  });
});
