package org.elasticvision.samples.serve.openapi;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonPrimitive;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.StringJoiner;
import org.elasticvision.runtime.io.HtmlText;

/** An OpenAPI document as a page: plain HTML that loads nothing but its style, from the same server. */
final class OpenApiPage {
    private final JsonObject document;
    private final StringBuilder html = new StringBuilder();

    private OpenApiPage(JsonObject document) {
        this.document = document;
    }

    static String of(JsonObject document) {
        return new OpenApiPage(document).page();
    }

    private String page() {
        JsonObject info = document.getAsJsonObject("info");
        html.append("<!doctype html>\n<html lang=\"en\">\n<meta charset=\"utf-8\">\n")
                .append("<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n")
                .append("<link rel=\"icon\" href=\"icon.svg\">\n<link rel=\"stylesheet\" href=\"docs.css\">\n<title>")
                .append(text(info, "title"))
                .append(" API</title>\n<h1>")
                .append(text(info, "title"))
                .append(" API <small class=\"version\">")
                .append(text(info, "version"))
                .append("</small></h1>\n<p>")
                .append(text(info, "summary"))
                .append(' ')
                .append(text(info, "description"))
                .append("</p>\n<p><a href=\"openapi.json\">openapi.json</a> is the same for programs.</p>\n");
        for (JsonElement tag : document.getAsJsonArray("tags")) {
            tag(tag.getAsJsonObject());
        }
        html.append("<h2>Schemas</h2>\n");
        component("schemas").entrySet().forEach(schema -> schema(schema.getKey(), object(schema.getValue())));
        return html.append("</html>\n").toString();
    }

    private void tag(JsonObject tag) {
        html.append("<h2>").append(text(tag, "name")).append("</h2>\n<p>").append(text(tag, "description"));
        html.append("</p>\n");
        for (Map.Entry<String, JsonElement> path :
                document.getAsJsonObject("paths").entrySet()) {
            for (Map.Entry<String, JsonElement> method : object(path.getValue()).entrySet()) {
                JsonObject operation = object(method.getValue());
                if (operation.getAsJsonArray("tags").contains(tag.get("name"))) {
                    operation(path.getKey(), method.getKey(), operation);
                }
            }
        }
    }

    private void operation(String path, String method, JsonObject operation) {
        html.append("<section class=\"card\" id=\"").append(text(operation, "operationId"));
        html.append("\">\n<h3><code><span class=\"method\">")
                .append(HtmlText.escape(method.toUpperCase(Locale.ROOT)))
                .append("</span>")
                .append(HtmlText.escape(path))
                .append("</code></h3>\n<p>")
                .append(text(operation, "summary"))
                .append(' ')
                .append(text(operation, "description"))
                .append("</p>\n");
        if (operation.has("parameters")) {
            List<List<String>> rows = new ArrayList<>();
            for (JsonElement one : operation.getAsJsonArray("parameters")) {
                JsonObject parameter = resolved(object(one));
                rows.add(List.of(
                        code(parameter.get("name").getAsString()),
                        text(parameter, "in"),
                        type(object(parameter.get("schema"))),
                        text(parameter, "description")));
            }
            table("Parameters", rows);
        }
        if (operation.has("requestBody")) {
            JsonObject body = object(operation.get("requestBody"));
            html.append("<h4>Body</h4>\n<p>").append(text(body, "description")).append("</p>\n");
            table("", content(body));
        }
        List<List<String>> rows = new ArrayList<>();
        operation.getAsJsonObject("responses").entrySet().forEach(one -> {
            JsonObject response = resolved(object(one.getValue()));
            StringJoiner types = new StringJoiner("<br>");
            content(response).forEach(row -> types.add(String.join(" ", row)));
            rows.add(List.of(code(one.getKey()), types.toString(), text(response, "description")));
        });
        table("Answers", rows);
        html.append("</section>\n");
    }

    /** A content type and its schema in each row. */
    private List<List<String>> content(JsonObject owner) {
        List<List<String>> rows = new ArrayList<>();
        if (owner.has("content")) {
            owner.getAsJsonObject("content")
                    .entrySet()
                    .forEach(one -> rows.add(List.of(
                            code(one.getKey()),
                            type(object(object(one.getValue()).get("schema"))))));
        }
        return rows;
    }

    private void schema(String name, JsonObject schema) {
        html.append("<section class=\"card\" id=\"schema-")
                .append(HtmlText.escape(name))
                .append("\">\n<h3><code>")
                .append(HtmlText.escape(name))
                .append("</code></h3>\n<p>")
                .append(text(schema, "description"))
                .append("</p>\n");
        if (schema.has("properties")) {
            List<List<String>> rows = new ArrayList<>();
            schema.getAsJsonObject("properties").entrySet().forEach(one -> {
                JsonObject property = object(one.getValue());
                boolean required = schema.has("required")
                        && schema.getAsJsonArray("required").contains(new JsonPrimitive(one.getKey()));
                rows.add(List.of(
                        code(one.getKey()),
                        type(property),
                        required ? "" : "may be left out",
                        text(property, "description")));
            });
            table("", rows);
        } else {
            html.append("<p>").append(type(schema)).append("</p>\n");
        }
        html.append("</section>\n");
    }

    private String type(JsonObject schema) {
        if (schema.has("$ref")) {
            String name = schema.get("$ref").getAsString().replaceFirst("^.*/", "");
            return "<a href=\"#schema-" + HtmlText.escape(name) + "\">" + HtmlText.escape(name) + "</a>";
        }
        if (schema.has("oneOf")) {
            StringJoiner choices = new StringJoiner(" or ");
            schema.getAsJsonArray("oneOf").forEach(one -> choices.add(type(object(one))));
            return choices.toString();
        }
        if (schema.has("enum")) {
            StringJoiner choices = new StringJoiner(", ");
            schema.getAsJsonArray("enum").forEach(one -> choices.add(code(one.getAsString())));
            return choices.toString();
        }
        String type = text(schema, "type");
        if (type.equals("array")) {
            return "list of " + type(object(schema.get("items")));
        }
        return schema.has("minimum") || schema.has("maximum")
                ? type + " from " + text(schema, "minimum") + (schema.has("maximum") ? " to " : "")
                        + text(schema, "maximum")
                : type;
    }

    private void table(String title, List<List<String>> rows) {
        if (rows.isEmpty()) {
            return;
        }
        if (!title.isEmpty()) {
            html.append("<h4>").append(title).append("</h4>\n");
        }
        html.append("<div class=\"table\"><table>\n");
        for (List<String> row : rows) {
            html.append("<tr>");
            row.forEach(cell -> html.append("<td>").append(cell).append("</td>"));
            html.append("</tr>\n");
        }
        html.append("</table></div>\n");
    }

    private JsonObject resolved(JsonObject value) {
        if (!value.has("$ref")) {
            return value;
        }
        String[] path = value.get("$ref").getAsString().split("/");
        return object(component(path[2]).get(path[3]));
    }

    private JsonObject component(String kind) {
        return document.getAsJsonObject("components").getAsJsonObject(kind);
    }

    private static JsonObject object(JsonElement element) {
        return element.getAsJsonObject();
    }

    private static String text(JsonObject object, String member) {
        return object.has(member) ? HtmlText.escape(object.get(member).getAsString()) : "";
    }

    private static String code(String text) {
        return "<code>" + HtmlText.escape(text) + "</code>";
    }
}
