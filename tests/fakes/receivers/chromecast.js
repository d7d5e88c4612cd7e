// A Chromecast that really plays: castv2 is its protocol, bonjour-service its announcement, and
// mpv fetches and plays what it is told. As strict as the real ones where senders go wrong: text
// tracks are fetched as a web page would, and films with tracks must allow that too.
//
//   node chromecast.js ADDRESS PORT NAME ID CERTIFICATE KEY FOLDER [MODEL] [ABILITIES]
//
// Each line it writes is one JSON object: what happened, and when (unix seconds).
'use strict';

const fs = require('fs');
const http = require('http');
const net = require('net');
const path = require('path');
const { spawn } = require('child_process');
const { Server } = require('castv2');
const { CastMessage } = require('castv2/lib/proto');
const { Bonjour } = require('bonjour-service');

const [address, port, name, id, certificate, key, folder, model, abilities] =
  process.argv.slice(2);
const SPACE = 'urn:x-cast:com.google.cast.';
const PLAYER = 'CC1AD845';
const PAGE = 'https://www.gstatic.com';

const say = (event, more) =>
  process.stdout.write(JSON.stringify({ event, at: Date.now() / 1000, ...more }) + '\n');

// ------------------------------------------------------------------------------- the player, mpv

const socketPath = path.join(folder, `mpv-${port}.sock`);
let mpv = null;
let line = null;

function command(...words) {
  if (line) line.write(JSON.stringify({ command: words }) + '\n');
}

function startMpv(ready) {
  if (line) return ready();
  if (mpv) return setTimeout(() => startMpv(ready), 20);
  fs.rmSync(socketPath, { force: true });
  const options = ['--no-config', '--no-terminal', '--ao=null', '--vo=null', '--idle=yes'];
  mpv = spawn('mpv', [...options, '--keep-open=no', `--input-ipc-server=${socketPath}`], {
    stdio: 'ignore',
  });
  connectMpv(ready, 200);
}

function connectMpv(ready, tries) {
  const made = net.connect(socketPath);
  made.on('error', () => tries > 0 && setTimeout(() => connectMpv(ready, tries - 1), 20));
  made.on('connect', () => {
    line = made;
    ['time-pos', 'duration', 'pause', 'paused-for-cache'].forEach((one, number) =>
      command('observe_property', number + 1, one)
    );
    let left = '';
    made.on('data', (data) => {
      left += data;
      for (let end = left.indexOf('\n'); end >= 0; end = left.indexOf('\n')) {
        const told = JSON.parse(left.slice(0, end));
        left = left.slice(end + 1);
        heard(told);
      }
    });
    ready();
  });
}

function stopMpv() {
  if (line) line.destroy();
  if (mpv) mpv.kill('SIGKILL');
  line = mpv = null;
}

function heard(told) {
  if (told.event === 'start-file') entry = told.playlist_entry_id;
  if (!media) return;
  if (told.event === 'file-loaded') return entry === null || loaded();
  if (told.event === 'end-file' && told.reason !== 'redirect') {
    if (told.playlist_entry_id === entry) ended(told.reason); // else of what was on before
    return;
  }
  if (told.event !== 'property-change' || media.playerState === 'IDLE') return;
  if (told.name === 'time-pos' && told.data != null) moved(told.data);
  if (told.name === 'duration' && told.data) media.media.duration = told.data;
  if (told.name === 'pause' && media.playerState !== 'BUFFERING') become(told.data ? 'PAUSED' : 'PLAYING');
}

function become(state) {
  if (media.playerState === state) return;
  media.playerState = state;
  say('state', { state });
  tellAll('media', mediaStatus(0));
}

function moved(seconds) {
  if (!moving && seconds > (began ?? seconds)) {
    moving = true;
    say('moving', { url: media.media.contentId });
  }
  began = began ?? seconds;
  media.currentTime = seconds;
  if (waiting) return;
  if (media.playerState === 'BUFFERING') become('PLAYING');
}

function loaded() {
  say('loaded');
  const asked = waiting;
  waiting = null;
  if (asked) tell(asked.client, app.transportId, asked.source, 'media', mediaStatus(asked.id));
}

function ended(reason) {
  if (media.playerState === 'IDLE') return;
  media.playerState = 'IDLE';
  media.idleReason = reason === 'eof' ? 'FINISHED' : 'ERROR';
  say('state', { state: 'IDLE', reason: media.idleReason });
  tellAll('media', mediaStatus(0));
  if (waiting) refuse(104);
}

function refuse(code) {
  const asked = waiting;
  waiting = null;
  const told = { type: 'LOAD_FAILED', requestId: asked.id, itemId: 1, detailedErrorCode: code };
  tell(asked.client, app.transportId, asked.source, 'media', told);
}

// ---------------------------------------------------------------------------------- what it says

const server = new Server({ key: fs.readFileSync(key), cert: fs.readFileSync(certificate) });
const talking = new Map(); // of each client: who talks to whom
const volume = { level: 1, muted: false, controlType: 'attenuation', stepInterval: 0.05 };
let app = null;
let media = null;
let waiting = null; // the LOAD that has no answer yet
let entry = null; // mpv's number for what plays
let counter = 0;
let began = null; // the first second that was shown of what plays, and whether another came
let moving = false;

function tell(client, source, destination, space, message) {
  if (server.clients[client]) {
    server.send(client, source, destination, SPACE + space, JSON.stringify(message));
  }
}

function tellAll(space, message) {
  const source = space === 'media' ? app && app.transportId : 'receiver-0';
  if (!source) return;
  for (const [client, pairs] of talking) {
    if ([...pairs].some((one) => one.endsWith(`>${source}`))) tell(client, source, '*', space, message);
  }
}

const receiverStatus = (requestId) => ({
  type: 'RECEIVER_STATUS',
  requestId,
  status: { applications: app ? [app] : [], volume, isStandBy: false, isActiveInput: true },
});

const mediaStatus = (requestId) => ({
  type: 'MEDIA_STATUS',
  requestId,
  status: media ? [media] : [],
});

function launch(appId) {
  if (app && app.appId === appId) return;
  close();
  counter += 1;
  app = {
    appId,
    displayName: 'Default Media Receiver',
    namespaces: [{ name: `${SPACE}media` }],
    sessionId: `session-${counter}`,
    transportId: `web-${counter}`,
    statusText: 'Ready',
    isIdleScreen: false,
    launchedFromCloud: false,
  };
  startMpv(() => say('ready'));
}

function close() {
  stopMpv();
  const before = app;
  app = media = waiting = null;
  if (!before) return;
  for (const [client, pairs] of talking) {
    for (const pair of pairs) {
      const [source, destination] = pair.split('>');
      if (destination === before.transportId) {
        tell(client, destination, source, 'tp.connection', { type: 'CLOSE' });
      }
    }
  }
}

// ------------------------------------------------------------------------------- what it is told

function fetchAsPage(url, done) {
  const asking = http.get(url, { headers: { Origin: PAGE, Range: 'bytes=0-1023' } }, (answer) => {
    let text = '';
    answer.on('data', (data) => (text += data));
    const allowed = ['*', PAGE].includes(answer.headers['access-control-allow-origin']);
    answer.on('end', () => done(answer.statusCode < 300 && allowed, text));
  });
  asking.on('error', () => done(false, ''));
}

function fetchTracks() {
  const tracks = (media.media.tracks || []).filter((one) => media.activeTrackIds.includes(one.trackId));
  for (const track of tracks) {
    fetchAsPage(track.trackContentId, (right, text) => {
      const good = right && text.startsWith('WEBVTT');
      say('track', { url: track.trackContentId, good, style: media.media.textTrackStyle || null });
    });
  }
}

function load(client, source, message) {
  if (waiting) refuse(905);
  counter += 1;
  entry = null;
  if (media && media.playerState !== 'IDLE') {
    media.playerState = 'IDLE';
    media.idleReason = 'INTERRUPTED';
    tellAll('media', mediaStatus(0));
  }
  media = {
    mediaSessionId: counter,
    playbackRate: 1,
    playerState: 'BUFFERING',
    currentTime: message.currentTime || 0,
    supportedMediaCommands: 274447,
    volume: { level: 1, muted: false },
    activeTrackIds: message.activeTrackIds || [],
    media: { ...message.media },
    currentItemId: 1,
    repeatMode: 'REPEAT_OFF',
  };
  waiting = { client, source, id: message.requestId };
  say('load', { media: message.media, start: media.currentTime, tracks: media.activeTrackIds });
  const begin = () => startMpv(() => play(media));
  if (!(message.media.tracks || []).length) return begin();
  fetchAsPage(message.media.contentId, (right) => {
    if (right) return begin();
    media.playerState = 'IDLE';
    media.idleReason = 'ERROR';
    refuse(103);
  });
  fetchTracks();
}

function play(wanted) {
  if (wanted !== media) return;
  began = null;
  moving = false;
  entry = null;
  command('stop');
  command('set_property', 'options/start', wanted.currentTime ? String(wanted.currentTime) : 'none');
  command('set_property', 'pause', false);
  setTimeout(() => {
    if (wanted === media) command('loadfile', wanted.media.contentId, 'replace');
  }, 20);
}

const ON_MEDIA = {
  GET_STATUS: () => {},
  PLAY: () => command('set_property', 'pause', false),
  PAUSE: () => command('set_property', 'pause', true),
  SEEK: (message) => {
    command('seek', message.currentTime, 'absolute');
    media.currentTime = message.currentTime;
    if (message.resumeState === 'PLAYBACK_START') command('set_property', 'pause', false);
  },
  EDIT_TRACKS_INFO: (message) => {
    media.activeTrackIds = message.activeTrackIds || [];
    fetchTracks();
  },
  STOP: () => {
    media.playerState = 'IDLE';
    media.idleReason = 'CANCELLED';
    command('stop');
  },
};

function onMedia(client, source, destination, message) {
  if (!app || destination !== app.transportId) return;
  if (message.type === 'LOAD') return load(client, source, message);
  const known = ON_MEDIA[message.type];
  const named = message.type === 'GET_STATUS' || (media && message.mediaSessionId === media.mediaSessionId);
  if (!known || !named) {
    const reason = known ? 'INVALID_MEDIA_SESSION_ID' : 'INVALID_COMMAND';
    const told = { type: 'INVALID_REQUEST', requestId: message.requestId, reason };
    return tell(client, destination, source, 'media', told);
  }
  known(message);
  tell(client, destination, source, 'media', mediaStatus(message.requestId));
  if (message.type !== 'GET_STATUS') tellAll('media', mediaStatus(0));
  if (message.type === 'STOP') media = null;
}

function onReceiver(client, source, destination, message) {
  if (message.type === 'LAUNCH' && message.appId !== PLAYER) {
    const told = { type: 'LAUNCH_ERROR', requestId: message.requestId, reason: 'NOT_FOUND' };
    return tell(client, destination, source, 'receiver', told);
  }
  if (message.type === 'LAUNCH') launch(message.appId);
  if (message.type === 'STOP') close();
  if (message.type === 'SET_VOLUME') {
    Object.assign(volume, message.volume);
    command('set_property', 'volume', volume.level * 100);
    command('set_property', 'mute', volume.muted);
  }
  tell(client, destination, source, 'receiver', receiverStatus(message.requestId));
  if (message.type !== 'GET_STATUS') tellAll('receiver', receiverStatus(0));
}

server.on('message', (client, source, destination, space, data) => {
  if (Buffer.isBuffer(data)) return;
  const message = JSON.parse(data);
  const pairs = talking.get(client) || new Set();
  talking.set(client, pairs);
  if (space === `${SPACE}tp.heartbeat`) {
    if (message.type === 'PING') tell(client, destination, source, 'tp.heartbeat', { type: 'PONG' });
  } else if (space === `${SPACE}tp.connection`) {
    if (message.type === 'CONNECT') pairs.add(`${source}>${destination}`);
    else pairs.delete(`${source}>${destination}`);
  } else if (space === `${SPACE}receiver`) {
    say('told', { type: message.type });
    onReceiver(client, source, destination, message);
  } else if (space === `${SPACE}media`) {
    if (message.type !== 'GET_STATUS') say('told', { type: message.type });
    onMedia(client, source, destination, message);
  }
});
server.on('error', (error) => say('error', { error: String(error) }));

// castv2 reads its protocol in the background, and ends the program when a message comes earlier.
function speaks() {
  const nothing = { protocolVersion: 0, sourceId: '', destinationId: '', namespace: '', payloadType: 0 };
  try {
    return Boolean(CastMessage.serialize(nothing));
  } catch {
    return false;
  }
}

function begin() {
  if (!speaks()) return void setTimeout(begin, 5);
  server.listen(Number(port), address, () => say('listening', { port: Number(port) }));
  const bonjour = new Bonjour({ interface: address, bind: '0.0.0.0' }, (error) => say('error', { error: String(error) }));
  bonjour.publish({
    name: `Chromecast-${id}`,
    type: 'googlecast',
    port: Number(port),
    host: `cast-${id}.local`,
    probe: false,
    txt: { id, fn: name, md: model || 'Chromecast', ca: abilities || '201221', ve: '05', st: '0', rs: '' },
  });
}

begin();
process.on('SIGTERM', () => {
  stopMpv();
  process.exit(0);
});
