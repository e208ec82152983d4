import { newFamily } from './support/family';
import { RunningApi } from './support/running-api';

let api: RunningApi;
beforeAll(async () => {
  api = await RunningApi.start();
});
afterAll(() => api.stop());

describe('POST /v1/applications', () => {
  it('files with Redis down: 201 with every step', async () => {
    const { answer } = await api.file(newFamily());
    expect(answer.body).toMatchObject({ status: 'in_progress' });
    expect(answer.status).toBe(201);
    expect(answer.body.newborns[0].steps.map(({ code }: { code: string }) => code)).toEqual(
      expect.arrayContaining(['birth_certificate', 'vaccination', 'household_registration']),
    );
  });
});
