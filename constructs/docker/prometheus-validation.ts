import { hostName, nonEmptyText, roleArn } from "../../schema/primitives";
import type { Problems } from "../props-error";
import { absolutePath } from "./container-settings";
import type {
  PrometheusConfiguration,
  RemoteWrite,
  ScrapeConfig,
  ScrapeTls,
} from "./prometheus-configuration";
import {
  maxExemplars,
  metricsPath,
  outlasts,
  remoteWriteName,
  remoteWriteUrl,
  sampleLimit,
  scrapeInterval,
  scrapeLimits,
  scrapeTimeout,
  seriesPatterns,
  timeoutAllowed,
  username,
} from "./prometheus-settings";
import { checkShard } from "./scrape-shard";
import { checkDiscovered } from "./target-discovery";

/** Notes what Prometheus would not start with, or would lose samples by. */
export function checkConfiguration(configuration: PrometheusConfiguration, problems: Problems): void {
  checkScraping(configuration, problems);
  problems.holds(maxExemplars, "configuration.maxExemplars", configuration.maxExemplars);
}

/** The same of what a server and an agent have in common: what they scrape, and where they send it. */
export function checkScraping(
  configuration: Pick<
    PrometheusConfiguration,
    "interval" | "timeout" | "limits" | "scrapeConfigs" | "remoteWrite"
  >,
  problems: Problems,
): void {
  const { interval, timeout, limits, remoteWrite = [] } = configuration;
  problems
    .holds(scrapeInterval, "configuration.interval", interval)
    .mayHold(scrapeTimeout, "configuration.timeout", timeout)
    .holds(scrapeLimits, "configuration.limits", limits);
  if (timeout !== undefined) {
    const allowed = timeoutAllowed("configuration.interval", interval);
    problems.expect(!outlasts(timeout, interval), "configuration.timeout", timeout, allowed);
  }
  checkJobs(configuration.scrapeConfigs, problems);
  checkRemoteWrite(remoteWrite, problems);
}

function checkJobs(jobs: readonly ScrapeConfig[], problems: Problems): void {
  const names = jobs.map(({ jobName }) => jobName);
  jobs.forEach((job, index) => {
    const prop = `configuration.scrapeConfigs[${String(index)}]`;
    problems
      .holds(nonEmptyText, `${prop}.jobName`, job.jobName)
      .expect(names.indexOf(job.jobName) === index, `${prop}.jobName`, job.jobName, "each name once")
      .mayHold(metricsPath, `${prop}.metricsPath`, job.metricsPath)
      .mayHold(sampleLimit, `${prop}.sampleLimit`, job.sampleLimit)
      .mayHold(seriesPatterns, `${prop}.storesOnly`, job.storesOnly)
      .mayHold(seriesPatterns, `${prop}.storesAllBut`, job.storesAllBut)
      .expect(
        job.storesOnly === undefined || job.storesAllBut === undefined,
        `${prop}.storesAllBut`,
        job.storesAllBut,
        "none where there is storesOnly",
      )
      .expect(
        job.tls === undefined || job.scheme === "https",
        `${prop}.tls`,
        job.tls,
        "none, or the scheme https",
      );
    if (job.discovered) checkDiscovered(job.discovered, `${prop}.discovered`, problems);
    if (job.shard) checkShard(job.shard, `${prop}.shard`, problems);
    if (job.tls) checkTls(job.tls, `${prop}.tls`, problems);
    if (job.auth) checkAuth(job.auth, `${prop}.auth`, problems);
  });
}

function checkTls(
  { caFile, certFile, keyFile, serverName }: ScrapeTls,
  prop: string,
  problems: Problems,
): void {
  problems
    .mayHold(absolutePath, `${prop}.caFile`, caFile)
    .mayHold(absolutePath, `${prop}.certFile`, certFile)
    .mayHold(absolutePath, `${prop}.keyFile`, keyFile)
    .mayHold(hostName, `${prop}.serverName`, serverName)
    .expect(
      (certFile === undefined) === (keyFile === undefined),
      `${prop}.keyFile`,
      keyFile,
      "both certFile and keyFile, or neither",
    );
}

function checkRemoteWrite(remoteWrite: readonly RemoteWrite[], problems: Problems): void {
  const names = remoteWrite.map(({ name }) => name);
  remoteWrite.forEach(({ name, url, auth }, index) => {
    const prop = `configuration.remoteWrite[${String(index)}]`;
    problems
      .holds(remoteWriteName, `${prop}.name`, name)
      .expect(names.indexOf(name) === index, `${prop}.name`, name, "each name once")
      .holds(remoteWriteUrl, `${prop}.url`, url);
    if (auth) checkAuth(auth, `${prop}.auth`, problems);
  });
}

function checkAuth(auth: NonNullable<RemoteWrite["auth"]>, prop: string, problems: Problems): void {
  switch (auth.kind) {
    case "sigv4":
      problems.mayHold(roleArn, `${prop}.roleArn`, auth.roleArn);
      return;
    case "basic":
      problems
        .holds(username, `${prop}.username`, auth.username)
        .holds(absolutePath, `${prop}.passwordFile`, auth.passwordFile);
      return;
    case "bearer":
      problems.holds(absolutePath, `${prop}.tokenFile`, auth.tokenFile);
      return;
  }
}
