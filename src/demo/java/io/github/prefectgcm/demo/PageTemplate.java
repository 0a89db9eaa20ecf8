package io.github.prefectgcm.demo;

import com.google.gson.Gson;
import com.google.gson.JsonElement;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.Collectors;

/** An HTML page that needs nothing else: the chart library, the script and the data are in it. */
final class PageTemplate {
  private static final String ECHARTS = "/META-INF/resources/webjars/echarts/5.5.0/echarts.min.js";

  private PageTemplate() {}

  /** Fills a page of the resources, which goes from its title to where the scripts begin. */
  static String fill(String page, List<String> scripts, JsonElement data) {
    String filled = put(resource("/demo/frame.html"), "<!--page-->\n", resource(page));
    filled = put(filled, "/*look*/\n", resource("/demo/look.css"));
    filled = put(filled, "/*echarts*/", script(resource(ECHARTS)));
    String all = scripts.stream().map(PageTemplate::resource).collect(Collectors.joining("\n"));
    filled = put(filled, "/*charts*/", script(all));
    // Gson's default escapes <, so the data cannot close the script that holds it.
    return put(filled, "/*data*/", new Gson().toJson(data));
  }

  private static String script(String source) {
    return source.replace("</script", "<\\/script");
  }

  private static String put(String page, String mark, String text) {
    int at = page.indexOf(mark);
    if (at < 0) {
      throw new IllegalStateException("the page has no " + mark);
    }
    return page.substring(0, at) + text + page.substring(at + mark.length());
  }

  static String resource(String path) {
    try (InputStream in = PageTemplate.class.getResourceAsStream(path)) {
      if (in == null) {
        throw new IllegalStateException("not on the class path: " + path);
      }
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
