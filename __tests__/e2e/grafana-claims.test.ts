import { claimsOf } from "../support/code-flow";
import { roleOf } from "../support/grafana-claims";
import { clientSecret, people, roleOfPerson, startPeople } from "../support/grafana-people";
import { describeWith } from "../support/require-program";
import { openssl } from "../support/server-certificate";
import { temporaryFolder } from "../support/temporary-folder";

const makeFolder = temporaryFolder();
const grafanaUrl = "https://grafana.example.com";
const redirectUrl = `${grafanaUrl}/login/generic_oauth`;

describeWith([openssl], "a real OpenID provider, asked as Grafana's deployed settings say", () => {
  let running: Awaited<ReturnType<typeof startPeople>>;
  beforeAll(async () => {
    running = await startPeople(makeFolder(), grafanaUrl);
  });
  afterAll(() => running.provider.stop());

  const told = (person: string, withVerifier?: boolean) => {
    const { certificate, container } = running;
    return claimsOf(container.env, clientSecret, { redirectUrl, person, ca: certificate.cert }, withVerifier);
  };

  it.each(people)("tells of %s what leads to his role, in the ID token and by userinfo", async (person) => {
    const path = running.container.env.GF_AUTH_GENERIC_OAUTH_ROLE_ATTRIBUTE_PATH ?? "";
    const { idToken, userinfo } = await told(person);
    expect([idToken.sub, userinfo.sub, userinfo.email]).toEqual([person, person, `${person}@example.com`]);
    expect([roleOf(path, idToken), roleOf(path, userinfo)]).toEqual([
      roleOfPerson[person],
      roleOfPerson[person],
    ]);
  });

  it("gives no token without the code's verifier", async () => {
    await expect(told("ada", false)).rejects.toThrow(/gave no token.*invalid_grant/);
  });
});
