import type { ClaimedBirth } from '../form';
import { findRecord, type RecordedBirth } from './match-record';

const claim = (changes: Partial<ClaimedBirth> = {}): ClaimedBirth => ({
  hospitalOfficeCode: 'YYH001',
  bornOn: '2026-11-02',
  plurality: 1,
  deliveryOrder: 1,
  ...changes,
});
const record = (id: string, changes: Partial<RecordedBirth> = {}): RecordedBirth => ({
  ...claim(),
  id,
  isStillborn: false,
  ...changes,
});
const twin = (id: string, deliveryOrder: number, changes: Partial<RecordedBirth> = {}) =>
  record(id, { plurality: 2, deliveryOrder, ...changes });
const twinClaim = (deliveryOrder: number) => claim({ plurality: 2, deliveryOrder });

/** Claim, the mother's records, the siblings' places → what is found. */
const ROWS: [string, ClaimedBirth, RecordedBirth[], Pick<ClaimedBirth, 'bornOn' | 'deliveryOrder'>[], string][] = [
  ['no record', claim(), [], [], 'none'],
  ['all agree', claim(), [record('R')], [], 'same R'],
  ['another date', claim(), [record('R', { bornOn: '2026-11-03' })], [], 'differs R'],
  ['another plurality', claim(), [record('R', { plurality: 2 })], [], 'differs R'],
  ['another order', twinClaim(2), [twin('R', 1)], [], 'differs R'],
  ['another hospital', claim(), [record('R', { hospitalOfficeCode: 'YYH002' })], [], 'differs R'],
  ['the earlier child of the mother', claim(), [record('OLD', { bornOn: '2024-11-02' })], [], 'none'],
  ['sixty days apart is one pregnancy', claim(), [record('R', { bornOn: '2026-09-03' })], [], 'differs R'],
  ['sixty-one days apart are two', claim(), [record('R', { bornOn: '2026-09-02' })], [], 'none'],
  ['the exact one among others', claim(), [record('A', { plurality: 2 }), record('B')], [], 'same B'],
  ['a twin takes its own', twinClaim(2), [twin('R1', 1), twin('R2', 2)], [twinClaim(1)], 'same R2'],
  ['a twin leaves the sibling’s', twinClaim(2), [twin('R1', 1)], [twinClaim(1)], 'none'],
  [
    'twins whose family has the wrong day: each has its own to compare',
    twinClaim(2),
    [twin('R1', 1, { bornOn: '2026-11-03' }), twin('R2', 2, { bornOn: '2026-11-03' })],
    [twinClaim(1)],
    'differs R2',
  ],
  [
    'a sibling of another birth leaves nothing out',
    twinClaim(2),
    [twin('R', 1)],
    [{ bornOn: '2024-11-02', deliveryOrder: 1 }],
    'differs R',
  ],
  ['a stillborn child of these facts is for a person', claim(), [record('R', { isStillborn: true })], [], 'differs R'],
  ['the stillborn twin is nobody else’s', twinClaim(2), [twin('R1', 1, { isStillborn: true })], [], 'none'],
  [
    'the nearest day is compared',
    claim(),
    [record('A', { bornOn: '2026-11-09' }), record('B', { bornOn: '2026-11-03' })],
    [],
    'differs B',
  ],
];

describe('P3: finding the record of a newborn', () => {
  it.each(ROWS)('%s', (...row) => {
    const [, claimed, records, siblings, wanted] = row;
    const verdict = findRecord(claimed, records, { siblings, samePregnancyDays: 60 });
    expect(verdict.kind === 'none' ? 'none' : `${verdict.kind} ${verdict.record.id}`).toBe(wanted);
  });
});
