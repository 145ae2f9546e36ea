// What Artillery cannot do by itself: it counts only what a scenario waits for, and an update is waited for by nobody.
'use strict';

/** Counts what comes, and how old each update is at its arrival. */
function countUpdates(context, events, done) {
  context.ws.on('message', (data) => {
    const message = JSON.parse(data);
    events.emit('counter', `odin.${message.type}`, 1);
    if (message.type === 'price:update') events.emit('histogram', 'odin.delivery_ms', Date.now() - message.timestamp);
    if (message.type === 'error') events.emit('counter', `odin.error.${message.code}`, 1);
  });
  context.ws.on('close', (code) => events.emit('counter', `odin.close.${code}`, 1));
  done();
}

module.exports = { countUpdates };
