import { newbornKey } from '@birth/platform';
import type { ShareDelivery } from '../ports/share-store';
import type { SharedPage } from '../shapes/sharing-shapes';
import { iso } from '../views/moments';

/** One delivery as its receiver reads it, whichever way it comes. */
export const itemView = (share: ShareDelivery): SharedPage['items'][number] => ({
  id: share.id,
  subject: newbornKey(share.applicationId, share.newbornIndex),
  about: share.about,
  event: share.event,
  version: share.version,
  madeAt: iso(share.madeAt),
  values: share.values,
});
