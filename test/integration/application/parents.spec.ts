import {
  AskAgain,
  CASE_READS,
  CASE_STORE,
  type Caller,
  type CaseReads,
  type CaseStore,
  CheckApplication,
  Consents,
  KeepMaterial,
  OwnBirthRecords,
  ReceiveBirthNotifications,
  ShowApplication,
  SubmitApplication,
} from '@birth/application';
import type { ApplicationForm } from '@birth/domain';
import { newId, type Problem } from '@birth/platform';
import { randomUUID } from 'node:crypto';
import { aPdf } from '../../../apps/standalone/src/demo/a-pdf';
import { aCouple, aFamily, aStranger, type Couple, filedBy, once } from '../../support/families';
import { startPlatform, type TestPlatform } from '../../support/platform';

jest.setTimeout(60_000);
const keyed = () => ({ key: randomUUID(), route: 'POST /v1/materials' });
const PAPER = aPdf('signed');

interface Filed {
  id: string;
  consents: { id: string; parent: 'mother' | 'father'; token: string }[];
}

describe('P7: who may file, and whose word is needed, on real PostgreSQL', () => {
  let platform: TestPlatform;
  beforeAll(async () => {
    platform = await startPlatform();
  });
  afterAll(() => platform.stop());

  const file = async (caller: Caller, form: ApplicationForm): Promise<Filed> => {
    const { body } = await platform.app.get(SubmitApplication).execute(caller, once(form), form, 'zh-CN');
    return body as Filed;
  };
  const refusal = async (work: Promise<unknown>): Promise<[number, string, unknown]> => {
    const problem = await work.then(
      () => null,
      (error: Problem) => error,
    );
    return [problem?.status ?? 0, problem?.code ?? 'none', problem?.options.errors ?? problem?.options.extra];
  };
  const check = (caller: Caller, form: ApplicationForm) =>
    platform.app.get(CheckApplication).execute(caller, form, 'zh-CN');
  const answer = (caller: Caller, token: string, body: { answer: 'agreed' | 'refused'; reason?: string }) =>
    platform.app.get(Consents).answer(token, caller, { ...once(body), route: `POST /v1/consents/${token}` }, body);
  const stored = async (id: string) => (await platform.app.get<CaseStore>(CASE_STORE).read(id))!;
  const stepsOf = async (id: string) => {
    const { state } = await stored(id);
    return Object.fromEntries(state.steps.map((step) => [step.code, step]));
  };
  const typesOf = async (id: string) =>
    (await platform.app.get<CaseReads>(CASE_READS).events(id, 0, 1000)).map(({ type }) => type);
  const shown = (caller: Caller, id: string) => platform.app.get(ShowApplication).forApplicant(caller, id, 'zh-CN');
  const listed = async (caller: Caller) => (await platform.app.get(Consents).list(caller)).items;
  const ownRecords = async (caller: Caller) => (await platform.app.get(OwnBirthRecords).execute(caller)).items;

  /** The hospital tells of the birth, as the couple's record says or otherwise. */
  async function notify({ record }: Couple, changes: Record<string, unknown> = {}): Promise<void> {
    const body = {
      messageId: randomUUID(),
      occurredAt: new Date().toISOString(),
      office: record.office,
      records: [{ ...record.facts, ...changes }],
    };
    await platform.app.get(ReceiveBirthNotifications).execute({
      method: 'POST',
      url: 'http://localhost/agency/v1/birth-notifications',
      headers: {},
      body: Buffer.from(JSON.stringify(body)),
    });
  }

  const fathersFiling = (couple: Couple) => filedBy(couple.form, 'father', couple.father);

  describe('a filing needs a proved person', () => {
    it.each([
      ['no verified identity', (): Partial<Caller> => ({}), '/applicant/identity', 'identity_not_verified'],
      [
        'the identity type none',
        (): Partial<Caller> => ({ identity: { type: 'none', number: '', name: '无' } }),
        '/applicant/identity',
        'identity_not_verified',
      ],
      [
        'another person’s identity',
        (): Partial<Caller> => ({ identity: aStranger().identity! }),
        '/applicant/identity/number',
        'applicant_not_verified',
      ],
    ])('%s is refused with its pointer', async (_name, identityOf, pointer, code) => {
      const { form } = aFamily();
      const found = await refusal(file({ subject: 'somebody', ...identityOf() }, form));
      expect(found).toEqual([422, 'form_invalid', [{ pointer, code }]]);
    });

    it('the same number under another kind of paper is another person', async () => {
      const { form, mother } = aFamily();
      const identity = { ...mother.identity!, type: 'passport' };
      expect((await refusal(file({ ...mother, identity }, form)))[2]).toEqual([
        { pointer: '/applicant/identity/number', code: 'applicant_not_verified' },
      ]);
    });

    it('an agent’s authorisation is a paper that this agent handed in', async () => {
      const { form } = aCouple();
      const [agent, other] = [aStranger(), aStranger()];
      const keep = async (owner: Caller) =>
        ((await platform.app.get(KeepMaterial).save(owner, keyed(), PAPER)).body as { id: string }).id;
      const wrong = [{ pointer: '/applicant/authorisation', code: 'unknown_material' }];
      for (const material of [randomUUID(), newId(), await keep(other)]) {
        expect((await refusal(file(agent, filedBy(form, 'agent', agent, material))))[2]).toEqual(wrong);
      }
      const { consents } = await file(agent, filedBy(form, 'agent', agent, await keep(agent)));
      expect(consents.map(({ parent }) => parent)).toEqual(['mother', 'father']);
    });
  });

  describe('P3: a mother’s birth record', () => {
    it.each(['live', 'stillborn'])('tells a stranger nothing, not by a pre-check either: %s', async (outcome) => {
      const [known, unknown] = [aCouple(), aCouple()];
      await notify(known, { outcome });
      const stranger = aStranger();
      const asks = ({ form }: Couple, role: 'guardian' | 'father') => {
        const given = { ...form, father: role === 'father' ? { ...form.father!, identity: PAPERS(stranger) } : null };
        return check(stranger, filedBy(withoutFather(given), role, stranger));
      };
      for (const role of ['guardian', 'father'] as const) {
        expect(await asks(known, role)).toEqual(await asks(unknown, role));
      }
      expect(await check(known.father, fathersFiling(known))).toEqual(
        await check(unknown.father, fathersFiling(unknown)),
      );
    });

    it('is used at once when she herself files', async () => {
      const couple = aCouple();
      await notify(couple);
      const { id } = await file(couple.mother, couple.form);
      const { vaccination, birth_certificate: certificate } = await stepsOf(id);
      expect([vaccination!.state, certificate!.holds]).toEqual(['queued', ['parent_confirmation']]);
    });

    it('is opened by her word when the father files; then he sees it too, and nobody else does', async () => {
      const couple = aCouple();
      await notify(couple);
      const [record] = await ownRecords(couple.mother);
      const { id, consents } = await file(couple.father, fathersFiling(couple));
      const before = await stepsOf(id);
      expect([before['vaccination']!.reason, before['birth_certificate']!.reason]).toEqual([
        'parent_confirmation',
        'parent_confirmation',
      ]);
      expect(await ownRecords(couple.father)).toEqual([]);
      await answer(couple.mother, consents[0]!.token, { answer: 'agreed' });
      const after = await stepsOf(id);
      expect([after['vaccination']!.state, after['birth_certificate']!.state]).toEqual(['queued', 'queued']);
      expect((await stored(id)).open(0, ['birth']).birth.recordNumber).toBe(couple.record.facts['recordNumber']);
      expect(await ownRecords(couple.father)).toMatchObject([{ id: record!.id, isFiled: true }]);
      const other = aStranger();
      expect(await ownRecords(other)).toEqual([]);
      const stolen = aCouple();
      stolen.form.newborns[0]!.claimedBirth = null;
      stolen.form.newborns[0]!.birthRecordId = record!.id;
      expect((await refusal(file(stolen.father, fathersFiling(stolen))))[2]).toEqual([
        { pointer: '/newborns/0/birthRecordId', code: 'unknown_birth_record' },
      ]);
    });

    it('that comes after her word is given to the case and shown to the father', async () => {
      const couple = aCouple();
      const { id, consents } = await file(couple.father, fathersFiling(couple));
      await notify(aCouple());
      await answer(couple.mother, consents[0]!.id, { answer: 'agreed' });
      expect((await stepsOf(id))['vaccination']!).toMatchObject({
        reason: 'hospital_record_missing',
        owner: 'hospital',
      });
      expect(await ownRecords(couple.father)).toEqual([]);
      await notify(couple);
      expect((await stepsOf(id))['vaccination']!.state).toBe('queued');
      expect(await ownRecords(couple.father)).toHaveLength(1);
    });

    it('that comes before her word stays closed until then', async () => {
      const couple = aCouple();
      const { id, consents } = await file(couple.father, fathersFiling(couple));
      await notify(couple);
      expect((await stepsOf(id))['vaccination']!.reason).toBe('parent_confirmation');
      await answer(couple.mother, consents[0]!.token, { answer: 'refused', reason: '不认识此人' });
      expect((await stored(id)).open(0, ['birth']).birth).toBeNull();
      expect(await ownRecords(couple.father)).toEqual([]);
    });

    it('names the mother: another one in the form is refused', async () => {
      const couple = aCouple();
      await notify(couple);
      const [record] = await ownRecords(couple.mother);
      const [newborn] = couple.form.newborns;
      newborn!.claimedBirth = null;
      newborn!.birthRecordId = record!.id;
      const mother = { ...couple.form.mother!, identity: aCouple().form.mother!.identity };
      const form = { ...filedBy(couple.form, 'guardian', couple.mother), mother };
      expect((await refusal(file(couple.mother, form)))[2]).toEqual([
        { pointer: '/mother/identity/number', code: 'mother_differs_from_record' },
      ]);
    });

    it('of a mother without papers is found by nobody', async () => {
      const couple = aCouple();
      await notify(couple, { motherIdentity: { type: 'none', number: '' } });
      const nobody: Caller = { subject: 'x', identity: { type: 'none', number: '', name: '无' } };
      expect(await ownRecords(nobody)).toEqual([]);
      const form = { ...couple.form, mother: { ...couple.form.mother!, identity: NO_PAPERS } };
      const { id } = await file(couple.father, filedBy(form, 'father', couple.father));
      expect((await stored(id)).open(0, ['birth']).birth).toBeNull();
    });

    it('cannot be found without a mother: said at once, with a way out', async () => {
      const guardian = aStranger();
      const alone = filedBy({ ...aCouple().form, mother: null }, 'guardian', guardian);
      expect((await refusal(file(guardian, alone)))[2]).toEqual([{ pointer: '/mother', code: 'mother_needed' }]);
    });
  });

  describe('a guardian', () => {
    it('sends nothing of the child’s before the only named parent agrees', async () => {
      const { form, mother } = aFamily();
      const guardian = aStranger();
      const { id, consents } = await file(guardian, filedBy(form, 'guardian', guardian));
      expect(consents.map(({ parent }) => parent)).toEqual(['mother']);
      const open = Object.values(await stepsOf(id)).filter(({ state }) => state !== 'not_applicable');
      expect(open.map(({ state }) => state)).toEqual(open.map(() => 'waiting'));
      expect((await stored(id)).state.status).toBe('awaiting_consent');
      await answer(mother, consents[0]!.token, { answer: 'agreed' });
      expect((await stepsOf(id))['vaccination']!.state).toBe('queued');
    });

    it('needs both parents where both are named, in whatever order they agree', async () => {
      const couple = aCouple();
      const guardian = aStranger();
      const { id, consents } = await file(guardian, filedBy(couple.form, 'guardian', guardian));
      const of = (parent: string) => consents.find((consent) => consent.parent === parent)!.token;
      await notify(couple);
      await Promise.all([
        answer(couple.mother, of('mother'), { answer: 'agreed' }),
        answer(couple.father, of('father'), { answer: 'agreed' }),
      ]);
      const { birth_certificate: certificate, vaccination } = await stepsOf(id);
      expect([certificate!.state, vaccination!.state]).toEqual(['queued', 'queued']);
      for (const parent of [couple.mother, couple.father]) expect(await shown(parent, id)).toMatchObject({ id });
    });
  });

  describe('a parent’s answer', () => {
    it('refused with a reason: the filer reads both, the history says it, the words are sealed', async () => {
      const couple = aCouple();
      await notify(couple);
      const { id, consents } = await file(couple.mother, couple.form);
      await answer(couple.father, consents[0]!.token, { answer: 'refused', reason: '信息有误' });
      expect((await stepsOf(id))['birth_certificate']).toMatchObject({ reason: 'parent_refused', owner: 'applicant' });
      expect(await shown(couple.mother, id)).toMatchObject({
        status: 'needs_family',
        consents: [{ state: 'refused', reason: '信息有误' }],
      });
      expect(await typesOf(id)).toContain('consent_refused');
      const { rows } = await platform.database.pool.query<{ reason: Buffer }>(
        'select reason from consent where application_id = $1',
        [id],
      );
      expect(rows[0]!.reason.toString('utf8')).not.toContain('信息有误');
      expect((await refusal(shown(couple.father, id)))[0]).toBe(404);
    });

    it('asked again: the new token works, the old one and its id are dead', async () => {
      const couple = aCouple();
      await notify(couple);
      const { id, consents } = await file(couple.mother, couple.form);
      const [old] = consents;
      await answer(couple.father, old!.token, { answer: 'refused', reason: '稍后' });
      const ask = () => platform.app.get(AskAgain).execute(couple.mother, once({}), id, 'father');
      const { consent } = (await ask()).body as { consent: { id: string; token: string } };
      expect((await stepsOf(id))['birth_certificate']!.reason).toBe('parent_confirmation');
      for (const dead of [old!.token, old!.id]) {
        expect(await refusal(answer(couple.father, dead, { answer: 'agreed' }))).toEqual([
          410,
          'consent_expired',
          undefined,
        ]);
      }
      await answer(couple.father, consent.token, { answer: 'agreed' });
      expect((await stepsOf(id))['birth_certificate']!.state).toBe('queued');
      expect(await typesOf(id)).toEqual(expect.arrayContaining(['consent_refused', 'consent_asked', 'consent_agreed']));
      expect((await refusal(ask()))[1]).toBe('nothing_to_confirm');
    });

    it('cannot be pressed for without end, nor by anybody but the filer', async () => {
      const couple = aCouple();
      const { id } = await file(couple.mother, couple.form);
      const ask = (caller: Caller) => platform.app.get(AskAgain).execute(caller, once({}), id, 'father');
      expect((await refusal(ask(couple.father)))[0]).toBe(404);
      for (let times = 1; times < 5; times += 1) await ask(couple.mother);
      expect((await refusal(ask(couple.mother))).slice(0, 2)).toEqual([409, 'asked_too_often']);
    });

    it('is found in the list of the verified, named parent, and answered by its id', async () => {
      const couple = aCouple();
      const { id } = await file(couple.mother, couple.form);
      expect(await listed(couple.mother)).toEqual([]);
      expect(await listed(aStranger())).toEqual([]);
      expect(await listed({ subject: 'nobody' })).toEqual([]);
      const [found] = await listed(couple.father);
      expect(JSON.stringify(found)).not.toContain(id);
      expect((await refusal(answer(aStranger(), found!.id, { answer: 'agreed' })))[0]).toBe(404);
      await answer(couple.father, found!.id, { answer: 'agreed' });
      expect(await listed(couple.father)).toEqual([]);
    });

    it.each([1, 2, 3, 4, 5])(
      'agreed and refused at once: one word stands, and the steps say the same (%d)',
      async () => {
        const couple = aCouple();
        await notify(couple);
        const { id, consents } = await file(couple.father, fathersFiling(couple));
        const { token } = consents[0]!;
        const answers = (['agreed', 'refused'] as const).map((said) => answer(couple.mother, token, { answer: said }));
        const results = await Promise.allSettled(answers);
        expect(results.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
        const agreed = results[0]!.status === 'fulfilled';
        const { consents: kept, state } = await stored(id);
        const certificate = state.steps.find(({ code }) => code === 'birth_certificate')!;
        expect([kept[0]!.state, certificate.state, certificate.holds]).toEqual(
          agreed ? ['agreed', 'queued', []] : ['refused', 'waiting', ['parent_refused']],
        );
        expect(await ownRecords(couple.father)).toHaveLength(agreed ? 1 : 0);
      },
    );

    it('the same word again is the same answer; the other word is too late', async () => {
      const couple = aCouple();
      const { consents } = await file(couple.mother, couple.form);
      const { token } = consents[0]!;
      const [first, again] = [
        await answer(couple.father, token, { answer: 'agreed' }),
        await answer(couple.father, token, { answer: 'agreed' }),
      ];
      expect(again).toEqual(first);
      expect((await refusal(answer(couple.father, token, { answer: 'refused' })))[1]).toBe('consent_already_answered');
    });
  });

  describe('a clerk', () => {
    const scopeOf = (agencies: string[]) => ({ regions: ['500235'], agencies, offices: ['*'] });

    it('of insurance sees where the police step stands, not its papers, its words or its tasks', async () => {
      const { form, mother } = aFamily();
      const { id } = await file(mother, form);
      const police = (await stepsOf(id))['household_registration']!;
      expect(police.papers.length).toBeGreaterThan(0);
      await platform.database.pool.query(
        `insert into human_task (id, application_id, step_id, kind, reason, agency, office_code, opened_at, due_at)
         values ($1, $2, $3, 'stuck', 'contract_broken', 'public-security', $4, now(), now())`,
        [newId(), id, police.id, police.officeCode],
      );
      const seen = async (agencies: string[]) => {
        const view = await platform.app.get(ShowApplication).forClerk(scopeOf(agencies), id, 'zh-CN');
        const { newborns, openTasks } = view;
        const step = newborns[0]!.steps.find((candidate) => candidate.id === police.id)!;
        return { state: step.state, papers: step.papers, tasks: openTasks.length };
      };
      expect(await seen(['medical-insurance'])).toEqual({ state: police.state, papers: [], tasks: 0 });
      expect(await seen(['public-security'])).toEqual({ state: police.state, papers: police.papers, tasks: 1 });
      expect((await refusal(seen([])))[0]).toBe(404);
    });
  });

  describe('two filings for one newborn', () => {
    it.each([1, 2, 3])('two real parents at once: one case, the other is offered to confirm (%d)', async () => {
      const couple = aCouple();
      const results = await Promise.allSettled([
        file(couple.mother, couple.form),
        file(couple.father, fathersFiling(couple)),
      ]);
      const lost = results.findIndex(({ status }) => status === 'rejected');
      const refused = results[lost] as PromiseRejectedResult;
      const problem = refused.reason as Problem;
      expect([problem.status, problem.code, problem.options.extra]).toEqual([
        409,
        'case_open_by_other_parent',
        undefined,
      ]);
      const [late, early] = lost === 0 ? [couple.mother, couple.father] : [couple.father, couple.mother];
      expect(await listed(late)).toHaveLength(1);
      expect(await listed(early)).toEqual([]);
    });

    it('a stranger whose form names the mother learns of no other parent', async () => {
      const couple = aCouple();
      await file(couple.mother, couple.form);
      const stranger = aStranger();
      const found = await refusal(file(stranger, filedBy(withoutFather(couple.form), 'guardian', stranger)));
      expect(found).toEqual([409, 'cannot_file_now', undefined]);
    });
  });
});

const NO_PAPERS = { type: 'none', number: '' } as const;
const PAPERS = ({ identity }: Caller) => ({ type: 'resident_id_card', number: identity!.number }) as const;

/** Follows the mother, under her surname: a form that needs no father. */
function withoutFather(form: ApplicationForm): ApplicationForm {
  const copy = structuredClone(form);
  const { mother } = copy;
  for (const newborn of copy.newborns) {
    newborn.surnameSource = 'other_reason';
    newborn.household!.follows = 'mother';
    newborn.household!.head = {
      name: mother!.name,
      identityNumber: mother!.identity.number,
      relationToFollowed: 'self',
    };
  }
  return copy;
}
