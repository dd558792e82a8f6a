// Says whether a credential holds: `node --input-type=module - FILE < verify.mjs`, where the
// libraries are. FILE is JSON: {credential, documents: {address: document}}; nothing is fetched.
import fs from "node:fs";
import { cryptosuite } from "@digitalbazaar/eddsa-rdfc-2022-cryptosuite";
import { DataIntegrityProof } from "@digitalbazaar/data-integrity";
import * as statusList from "@digitalbazaar/vc-bitstring-status-list";
import * as vc from "@digitalbazaar/vc";

const { credential, documents } = JSON.parse(fs.readFileSync(process.argv.at(-1), "utf8"));

async function documentLoader(address) {
  const [whole, part] = address.split("#");
  let document = documents[whole];
  if (!document) throw new Error(`Asked for ${address}`);
  if (part && document.verificationMethod) {
    const method = document.verificationMethod.find((each) => each.id === address);
    document = { "@context": "https://w3id.org/security/multikey/v1", ...method };
  }
  return { contextUrl: null, documentUrl: address, document };
}

const suite = new DataIntegrityProof({ cryptosuite });
const checkStatus = (options) =>
  statusList.checkStatus({ ...options, documentLoader, suite, verifyBitstringStatusListCredential: true });
const given = { credential, suite, documentLoader };
if (credential.credentialStatus) given.checkStatus = checkStatus;
const answer = await vc.verifyCredential(given);
const messages = (error) => (error ? [error.message, ...(error.errors ?? []).flatMap(messages)] : []);
console.log(JSON.stringify({
  verified: answer.verified,
  revoked: answer.statusResult?.results?.map((each) => each.status) ?? null,
  errors: messages(answer.error),
}));
