import type { FastifyInstance } from 'fastify';
import { type Agency, isAgency } from '../agencies';

/** A request as the agency's door saw it: epoch ms, to the microsecond. */
export interface Arrival {
  at: number;
  /** Requests in the agency's hands then, this one among them. */
  underWay: number;
  /** What the agency answered; null while it has not. */
  status: number | null;
}

const MOST = 100_000;

/** Every request to an agency by its own clock, the newest hundred thousand: what was agreed on is counted on this side. */
export class Arrivals {
  private readonly lists = new Map<Agency, Arrival[]>();
  private readonly underWay = new Map<Agency, number>();

  watch(fastify: FastifyInstance): void {
    fastify.addHook('onRequest', (request, reply, done) => {
      const [, first = ''] = request.url.split('/');
      if (isAgency(first)) {
        const arrival = this.note(first);
        reply.raw.once('close', () => this.ended(first, arrival, reply.raw.headersSent ? reply.raw.statusCode : null));
      }
      done();
    });
  }

  of(agency: Agency): readonly Arrival[] {
    return this.lists.get(agency) ?? [];
  }

  private note(agency: Agency): Arrival {
    const underWay = (this.underWay.get(agency) ?? 0) + 1;
    this.underWay.set(agency, underWay);
    const list = this.lists.get(agency) ?? [];
    const arrival = { at: performance.timeOrigin + performance.now(), underWay, status: null };
    list.push(arrival);
    if (list.length > MOST) list.splice(0, list.length - MOST);
    this.lists.set(agency, list);
    return arrival;
  }

  private ended(agency: Agency, arrival: Arrival, status: number | null): void {
    arrival.status = status;
    this.underWay.set(agency, (this.underWay.get(agency) ?? 1) - 1);
  }
}
