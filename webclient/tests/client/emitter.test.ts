import { expect, it } from 'vitest';
import { Emitter } from '../../src/client/emitter.ts';
import { hostEnvironment, type SocketConstructor } from '../../src/client/environment.ts';

it('a listener that throws is reported and stops nobody else', () => {
  const reported: unknown[] = [];
  const heard: number[] = [];
  const emitter = new Emitter<{ n: number }>((error) => reported.push(error));
  const bug = new Error('bug');
  emitter.on('n', () => {
    throw bug;
  });
  emitter.on('n', (n) => heard.push(n));
  emitter.emit('n', 7);
  expect([reported, heard]).toEqual([[bug], [7]]);
});

it('a listener that leaves while it is called is safe', () => {
  const heard: string[] = [];
  const emitter = new Emitter<{ n: number }>();
  const leave = emitter.on('n', () => leave());
  emitter.on('n', () => heard.push('second'));
  emitter.emit('n', 1);
  expect(heard).toEqual(['second']);
});

it('the standard WebSocket fits, and its lack is told plainly', () => {
  const standard: SocketConstructor | undefined = typeof WebSocket === 'undefined' ? undefined : WebSocket;
  if (standard) expect(hostEnvironment().WebSocket).toBe(standard);
  else expect(() => hostEnvironment()).toThrow('no WebSocket here');
});
