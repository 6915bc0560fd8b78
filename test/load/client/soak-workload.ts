import { patchBody, userBody } from '../people.ts';
import type { Json, Operation } from './requests.ts';
import type { WorkloadContext } from './workloads.ts';

/** Requests that have to be refused, each in its own way. */
export function failing({ writer, memory }: WorkloadContext): () => Operation {
  const [[index, id] = [0, '']] = memory.ids.sample;
  const refused: Operation[] = [
    { message: writer.write('GET', '/Users/nobody'), status: [404] },
    { message: writer.write('GET', `/Users?filter=${encodeURIComponent('userName eq')}`), status: [400] },
    { message: writer.write('POST', '/Users', userBody(index)), status: [409] },
    { message: writer.write('POST', '/Users', { userName: 7 }), status: [400] },
    {
      message: writer.write('PATCH', `/Users/${id}`, patchBody({ op: 'explode', path: 'title' })),
      status: [400],
    },
    { message: writer.write('GET', '/Users').replace('Bearer ', 'Bearer not-'), status: [401] },
  ];
  let turn = 0;
  return () => refused[turn++ % refused.length] ?? fail();
}

/** Creates a user and deletes the same one again, so that an hour of it leaves the directory as large as it was. */
export function comingAndGoing({ writer, memory }: WorkloadContext): () => Operation {
  let created: string | undefined;
  return () => {
    const id = created;
    if (id !== undefined) {
      created = undefined;
      return { message: writer.write('DELETE', `/Users/${id}`), status: [204] };
    }
    const number = ++memory.counter;
    const userName = `guest.${process.pid}.${number}@acme.example`;
    return {
      message: writer.write('POST', '/Users', userBody(number % memory.ids.users, { userName })),
      status: [201],
      done(body) {
        created = (JSON.parse(body.toString('utf8')) as Json).id;
      },
    };
  };
}

function fail(): never {
  throw new Error('there is nothing to refuse');
}
