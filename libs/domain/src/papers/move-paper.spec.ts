import { type PaperFault, type PaperMove, movePaper } from './move-paper';
import { type CustodyEvent, FAMILY, NOBODY, type PaperRecord, POST } from './paper';

const AT = Date.parse('2026-11-02T10:00:00+08:00');
const HOSPITAL = 'YYH001';
const STATION = 'YYP001';

const certificate = (changes: Partial<PaperRecord> = {}): PaperRecord => ({
  id: 'paper',
  kind: 'certificate_main',
  stepId: 'household',
  issuer: HOSPITAL,
  holder: HOSPITAL,
  since: AT - 1,
  from: null,
  route: [STATION, FAMILY],
  work: { what: 'cut', at: STATION },
  edition: 1,
  parcel: null,
  dueAt: null,
  version: 0,
  ...changes,
});
const move = (event: CustodyEvent, by: string, more: Partial<PaperMove> = {}): PaperMove => ({
  event,
  by,
  hasWaybill: true,
  ...more,
});

const PLACES: Readonly<Record<string, Partial<PaperRecord>>> = {
  'at the hospital': {},
  'with the family': { holder: FAMILY, from: HOSPITAL },
  'posted by the family': { holder: POST, from: FAMILY },
  'at the station, uncut': { holder: STATION, from: FAMILY, route: [FAMILY] },
  'at the station, cut': { holder: STATION, from: FAMILY, route: [FAMILY], work: null },
  'back with the family': { holder: FAMILY, from: STATION, route: [], work: null },
  'lost in the post': { holder: NOBODY, from: FAMILY },
};

/** Who has it afterwards, or why it cannot be; what no line names is refused (`paper_elsewhere` and the like). */
const MAY: readonly [place: string, event: CustodyEvent, by: string, holder: string][] = [
  ['at the hospital', 'handed_over', HOSPITAL, STATION],
  ['at the hospital', 'posted', HOSPITAL, POST],
  ['at the hospital', 'received', STATION, STATION],
  ['at the hospital', 'received', FAMILY, FAMILY],
  ['at the hospital', 'lost', HOSPITAL, NOBODY],
  ['at the hospital', 'lost', FAMILY, NOBODY],
  ['at the hospital', 'lost', STATION, NOBODY],
  ['with the family', 'handed_over', FAMILY, STATION],
  ['with the family', 'posted', FAMILY, POST],
  ['with the family', 'received', STATION, STATION],
  ['with the family', 'lost', HOSPITAL, NOBODY],
  ['with the family', 'lost', FAMILY, NOBODY],
  ['with the family', 'lost', STATION, NOBODY],
  ['posted by the family', 'received', STATION, STATION],
  ['posted by the family', 'received', FAMILY, STATION],
  ['posted by the family', 'returned', FAMILY, FAMILY],
  ['posted by the family', 'lost', FAMILY, NOBODY],
  ['posted by the family', 'lost', STATION, NOBODY],
  ['at the station, uncut', 'cut', STATION, STATION],
  ['at the station, uncut', 'lost', STATION, NOBODY],
  ['at the station, uncut', 'lost', FAMILY, NOBODY],
  ['at the station, cut', 'handed_over', STATION, FAMILY],
  ['at the station, cut', 'posted', STATION, POST],
  ['at the station, cut', 'received', FAMILY, FAMILY],
  ['at the station, cut', 'lost', STATION, NOBODY],
  ['at the station, cut', 'lost', FAMILY, NOBODY],
  ['back with the family', 'lost', FAMILY, NOBODY],
  ['back with the family', 'lost', STATION, NOBODY],
  ['lost in the post', 'handed_over', HOSPITAL, STATION],
  ['lost in the post', 'posted', HOSPITAL, POST],
  ['lost in the post', 'received', STATION, STATION],
  ['lost in the post', 'received', FAMILY, FAMILY],
  ['lost in the post', 'returned', FAMILY, FAMILY],
];
const EVENTS: readonly CustodyEvent[] = [
  'handed_over',
  'posted',
  'received',
  'cut',
  'page_printed',
  'returned',
  'lost',
];
const ALL = Object.keys(PLACES).flatMap((place) =>
  EVENTS.flatMap((event) => [HOSPITAL, FAMILY, STATION].map((by) => [place, event, by] as const)),
);

describe('P13: which event may follow which', () => {
  it.each(ALL)('%s: %s, says %s', (place, event, by) => {
    const given = certificate(PLACES[place]);
    const moved = movePaper(given, move(event, by), AT);
    const holder = MAY.find((line) => line[0] === place && line[1] === event && line[2] === by)?.[3];
    if (holder === undefined) expect(typeof moved).toBe('string');
    else expect(moved).toMatchObject({ holder, version: 1, since: holder === given.holder ? AT - 1 : AT });
  });

  it.each<[string, PaperMove, PaperFault]>([
    ['with the family', move('posted', FAMILY, { hasWaybill: false }), 'waybill_missing'],
    ['with the family', move('posted', HOSPITAL), 'paper_elsewhere'],
    ['posted by the family', move('posted', FAMILY), 'paper_on_its_way'],
    ['posted by the family', move('received', HOSPITAL), 'paper_elsewhere'],
    ['with the family', move('returned', FAMILY), 'paper_not_posted'],
    ['at the station, uncut', move('posted', STATION), 'paper_not_ready'],
    ['at the station, uncut', move('received', FAMILY), 'paper_not_ready'],
    ['with the family', move('cut', STATION), 'paper_elsewhere'],
    ['at the station, uncut', move('page_printed', STATION), 'not_done_to_paper'],
    ['at the station, cut', move('cut', STATION), 'not_done_to_paper'],
    ['back with the family', move('posted', FAMILY), 'paper_arrived'],
    ['back with the family', move('received', FAMILY), 'paper_arrived'],
    ['lost in the post', move('posted', FAMILY), 'paper_is_lost'],
    ['lost in the post', move('lost', FAMILY), 'paper_is_lost'],
  ])('%s: %j is %s', (place, moved, fault) => {
    expect(movePaper(certificate(PLACES[place]), moved, AT)).toBe(fault);
  });

  it('goes from the hospital by way of the family, and its way on is not forgotten', () => {
    const fetched = movePaper(certificate(), move('handed_over', HOSPITAL, { isByFamily: true }), AT);
    expect(fetched).toMatchObject({ holder: FAMILY, route: [STATION, FAMILY] });
    const posted = movePaper(certificate(), move('posted', HOSPITAL, { isByFamily: true }), AT);
    expect(posted).toMatchObject({ holder: POST, route: [FAMILY, STATION, FAMILY] });
    expect(movePaper(posted as PaperRecord, move('received', STATION), AT)).toMatchObject({
      holder: STATION,
      route: [FAMILY],
    });
  });

  it('is made again by its issuer alone, and is another paper then', () => {
    const remade = movePaper(certificate({ holder: NOBODY, from: FAMILY, route: [] }), move('posted', HOSPITAL), AT);
    expect(remade).toMatchObject({ holder: POST, route: [FAMILY], edition: 2 });
    expect(movePaper(certificate({ holder: NOBODY }), move('posted', STATION), AT)).toBe('paper_is_lost');
  });

  it('the sender may say that the carrier brought it', () => {
    const posted = certificate({ ...PLACES['at the station, cut'], holder: POST, from: STATION });
    expect(movePaper(posted, move('received', STATION), AT)).toMatchObject({
      holder: FAMILY,
      from: STATION,
      route: [],
    });
  });
});
