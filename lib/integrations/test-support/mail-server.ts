import { once } from "node:events";
import type { AddressInfo } from "node:net";
import { text } from "node:stream/consumers";
import { SMTPServer } from "smtp-server";

export type MailServer = {
  url: string;
  /** As they came over the line, soft line breaks of quoted-printable taken out; the reader takes away what it has read. */
  letters: string[];
  /** Letters are put off while it is. */
  busy: boolean;
  arrival: () => Promise<void>;
  close: () => Promise<void>;
};

/** A mail server of this machine, real as far as a sender can tell. */
export async function mailServer(port = 0): Promise<MailServer> {
  const server = new SMTPServer({
    authOptional: true,
    disabledCommands: ["STARTTLS", "AUTH"],
    onRcptTo: (_to, _session, done) =>
      done(held.busy ? Object.assign(new Error("Come back later"), { responseCode: 451 }) : null),
    onData: (stream, _session, done) =>
      void text(stream).then((letter) => {
        held.letters.push(letter.replace(/=\r\n/g, "").replace(/=3D/g, "="));
        done();
        server.emit("letter");
      }),
  });
  server.listen(port, "127.0.0.1");
  await once(server.server, "listening");
  const held: MailServer = {
    url: `smtp://127.0.0.1:${(server.server.address() as AddressInfo).port}`,
    letters: [],
    busy: false,
    arrival: async () => void (await once(server, "letter")),
    close: () => new Promise((done) => server.close(() => done())),
  };
  return held;
}
