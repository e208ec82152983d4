import { CASE_STORE, type CaseStore, SendStep, SubmitApplication } from '@birth/application';
import type { AgencyCode, StepCode, StepRecord } from '@birth/domain';
import { aFamily, once } from './families';
import type { TestPlatform } from './platform';

/** What tests on real PostgreSQL do to one case. */
export function caseDesk(platform: TestPlatform) {
  const store = platform.app.get<CaseStore>(CASE_STORE);
  const read = async (id: string) => (await store.read(id))!;

  return {
    read,
    /** Files for a new family; nothing is waited for but the agencies. */
    async file() {
      const { form, mother } = aFamily();
      const { body } = await platform.app.get(SubmitApplication).execute(mother, once(form), form, 'zh-CN');
      return { id: (body as { id: string }).id, mother, form };
    },
    async step(id: string, code: StepCode): Promise<StepRecord> {
      return (await read(id)).state.steps.find((step) => step.code === code)!;
    },
    /** Takes the next hint for an agency and calls it. */
    send: (agency: AgencyCode) => platform.app.get(SendStep).execute(platform.queue.take(agency)),
    async openTasks(stepId: string): Promise<{ kind: string; reason: string; generation: number }[]> {
      const { rows } = await platform.database.pool.query<{ kind: string; reason: string; generation: number }>(
        'select kind, reason, generation from human_task where step_id = $1 and closed_at is null order by kind',
        [stepId],
      );
      return rows;
    },
  };
}
