// The second implementation: opens what Heard sealed, and seals what Heard opens. Reads JSON lines.
import { createInterface } from "node:readline";
import { Aes256Gcm, CipherSuite, HkdfSha256 } from "@hpke/core";
import { XWing } from "@hpke/hybridkem-x-wing";

const suite = new CipherSuite({ kem: new XWing(), kdf: new HkdfSha256(), aead: new Aes256Gcm() });
const bytes = (hex) => Uint8Array.from(Buffer.from(hex, "hex"));
const hex = (buffer) => Buffer.from(buffer).toString("hex");
const ENC_BYTES = 1120; // ML-KEM-768 ciphertext, then an X25519 key

for await (const line of createInterface({ input: process.stdin })) {
  const asked = JSON.parse(line);
  if (asked.what === "open") {
    const recipientKey = await suite.kem.importKey("raw", bytes(asked.seed).buffer, false);
    const sealed = bytes(asked.sealed);
    const opened = await suite.open(
      { recipientKey, enc: sealed.slice(0, ENC_BYTES).buffer, info: bytes(asked.info).buffer },
      sealed.slice(ENC_BYTES).buffer,
    );
    console.log(JSON.stringify({ plain: hex(opened) }));
  } else {
    const recipientPublicKey = await suite.kem.importKey("raw", bytes(asked.public).buffer, true);
    const made = await suite.seal({ recipientPublicKey, info: bytes(asked.info).buffer }, bytes(asked.plain).buffer);
    console.log(JSON.stringify({ sealed: hex(made.enc) + hex(made.ct) }));
  }
}
