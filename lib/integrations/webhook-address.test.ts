import { expect, test } from "vitest";
import { addressProblem, isPublicAddress } from "./webhook-address";

// RFC 6890 and RFC 4291; the spellings are those by which guards of this kind are usually passed.
test.each<[string, string | null]>([
  ["https://tracker.example.org/hook", null],
  ["http://tracker.example.org:8080/hook", null],
  ["https://93.184.216.34/hook", null],
  ["https://[2606:2800:220:1::1]/hook", null],
  ["no address", "NOT_AN_ADDRESS"],
  ["ftp://tracker.example.org", "NOT_HTTP"],
  ["file:///etc/passwd", "NOT_HTTP"],
  ["javascript:alert(1)", "NOT_HTTP"],
  ["https://user:secret@tracker.example.org", "HAS_CREDENTIALS"],
  ["http://localhost/hook", "NOT_PUBLIC"],
  ["http://LOCALHOST./hook", "NOT_PUBLIC"],
  ["http://tracker.localhost/hook", "NOT_PUBLIC"],
  ["http://printer/hook", "NOT_PUBLIC"],
  ["http://db.internal/hook", "NOT_PUBLIC"],
  ["http://127.0.0.1/hook", "NOT_PUBLIC"],
  ["http://127.1/hook", "NOT_PUBLIC"],
  ["http://2130706433/hook", "NOT_PUBLIC"],
  ["http://0x7f000001/hook", "NOT_PUBLIC"],
  ["http://0.0.0.0/hook", "NOT_PUBLIC"],
  ["http://10.1.2.3/hook", "NOT_PUBLIC"],
  ["http://172.16.0.1/hook", "NOT_PUBLIC"],
  ["http://192.168.1.1/hook", "NOT_PUBLIC"],
  ["http://169.254.169.254/latest/meta-data", "NOT_PUBLIC"],
  ["http://100.64.0.1/hook", "NOT_PUBLIC"],
  ["http://[::1]/hook", "NOT_PUBLIC"],
  ["http://[::ffff:127.0.0.1]/hook", "NOT_PUBLIC"],
  ["http://[fd00::1]/hook", "NOT_PUBLIC"],
  ["http://[fe80::1]/hook", "NOT_PUBLIC"],
])("%s: %s", (url, problem) => {
  expect(addressProblem(url, false)).toBe(problem);
});

test("a trial on this machine is allowed where the setting says so, but never another scheme", () => {
  expect(addressProblem("http://127.0.0.1:4000/hook", true)).toBeNull();
  expect(addressProblem("file:///etc/passwd", true)).toBe("NOT_HTTP");
});

test.each([
  ["8.8.8.8", true],
  ["::ffff:8.8.8.8", true],
  ["::ffff:10.0.0.1", false],
  ["::ffff:7f00:1", false],
  ["not an address", false],
  ["224.0.0.1", false],
])("%s is public: %s", (address, expected) => {
  expect(isPublicAddress(address)).toBe(expected);
});
