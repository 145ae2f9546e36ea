// Certificates for the tests, made by openssl: an authority, and what it signs for this machine.

import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { temporaryFolder } from './harness.mjs';

const KINDS = { ec: ['ec', '-pkeyopt', 'ec_paramgen_curve:P-256'], rsa: ['rsa:2048'] };

export class Authority {
  constructor(name = 'Tests') {
    this.folder = temporaryFolder();
    this.made = 0;
    this.files = this.make(`/CN=${name} authority`, 'ec', []);
  }

  make(subject, kind, more) {
    const stem = path.join(this.folder, String((this.made += 1)));
    const files = { certificate: `${stem}.pem`, key: `${stem}.key` };
    const args = ['req', '-x509', '-nodes', '-days', '30', '-newkey', ...KINDS[kind], '-subj', subject, '-keyout', files.key, '-out', files.certificate];
    execFileSync('openssl', [...args, ...more], { stdio: 'pipe' });
    return files;
  }

  /** A certificate and its key, for these names. */
  sign({ name = 'localhost', kind = 'ec', names = 'DNS:localhost,IP:127.0.0.1' } = {}) {
    const { certificate, key } = this.files;
    const usage = ['-addext', `subjectAltName=${names}`, '-addext', 'basicConstraints=critical,CA:FALSE'];
    return this.make(`/CN=${name}`, kind, ['-CA', certificate, '-CAkey', key, ...usage]);
  }

  get certificate() {
    return readFileSync(this.files.certificate);
  }
}
