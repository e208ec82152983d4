/** Places of the tail are `${xid}.${id}`; the bounds keep them within xid8 and bigint. */
const PLACE = /^\d{1,18}\.\d{1,18}$/;

/** Where a reader goes on: after the last id that it saw; from now (`end`) without one, or with one that lies ahead of us. */
export function placeOf(lastEventId: string | undefined, end: string): string {
  if (lastEventId === undefined || !PLACE.test(lastEventId)) return end;
  return isAfter(lastEventId, end) ? end : lastEventId;
}

export function isAfter(one: string, other: string): boolean {
  const [xid, id] = numbers(one);
  const [otherXid, otherId] = numbers(other);
  return xid === otherXid ? id > otherId : xid > otherXid;
}

function numbers(place: string): [bigint, bigint] {
  const [xid = '0', id = '0'] = place.split('.');
  return [BigInt(xid), BigInt(id)];
}
