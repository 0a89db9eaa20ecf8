package io.github.prefectgcm.demo;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import com.google.monitoring.dashboard.v1.Dashboard;
import io.github.prefectgcm.dashboard.Dashboards;
import io.github.prefectgcm.query.CloudDashboard;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The pages of one demo: what was written, and each dashboard. They link to each other. */
enum PageSet {
  SIMULATED("demo", "", "The day"),
  OWN("last-day", "last-day-", "The last day");

  private record Source(String file, Dashboard dashboard) {}

  private final String first;
  private final String before;
  private final String title;

  PageSet(String first, String before, String title) {
    this.first = first + ".html";
    this.before = before;
    this.title = title;
  }

  /** By their files' names. */
  Map<String, String> of(Outcome outcome) throws IOException {
    var sources = new ArrayList<Source>();
    for (Path file : Dashboards.cloudMonitoring().keySet()) {
      sources.add(
          new Source(
              before + file.getFileName().toString().replace(".json", ".html"),
              CloudDashboard.read(Files.readString(file))));
    }
    var pages = new LinkedHashMap<String, String>();
    pages.put(first, DemoPage.render(outcome.facts(), outcome.series(), links(sources, first)));
    for (Source source : sources) {
      pages.put(
          source.file(),
          DashboardPage.render(source.dashboard(), outcome, links(sources, source.file())));
    }
    return pages;
  }

  private JsonArray links(List<Source> sources, String here) {
    var links = new JsonArray();
    links.add(link(first, title, here));
    for (Source source : sources) {
      // All dashboards begin with whose they are, which the console's list needs and a page not.
      links.add(
          link(
              source.file(),
              source.dashboard().getDisplayName().replaceFirst("^Prefect: ", ""),
              here));
    }
    return links;
  }

  private static JsonObject link(String file, String title, String here) {
    var link = new JsonObject();
    link.addProperty("file", file);
    link.addProperty("title", title);
    link.addProperty("here", file.equals(here));
    return link;
  }
}
