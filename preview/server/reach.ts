import { notReached } from "./prometheus-proxy";

const limitMs = 3_000;

/** Why a Prometheus does not answer, with what to do; undefined where it does. */
export async function whyNotReached(prometheus: URL): Promise<string | undefined> {
  const address = `${prometheus.href.replace(/\/+$/, "")}/api/v1/query?query=vector(1)`;
  try {
    const answer = await fetch(address, { redirect: "error", signal: AbortSignal.timeout(limitMs) });
    await answer.body?.cancel();
    if (answer.ok) return undefined;
    return notReached(prometheus, new Error(`it answers with ${String(answer.status)}`));
  } catch (error) {
    return notReached(prometheus, error);
  }
}
