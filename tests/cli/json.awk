# JSON Lines of briefgen as an awk array: json(line, record) fills record[name]; a list is its members joined by ";", an
# object in it its values joined by ":", null is "", true and false are words. Strict about what the program writes: a
# line of another shape ends the test.
function json_fail(line) { print "not JSON as briefgen writes it: " line > "/dev/stderr"; json_failed = 1; exit 2 }
function json_value(  c, s, end) { # takes one value off json_rest
    c = substr(json_rest, 1, 1)
    if (c == "\"") {
        if (!match(json_rest, /^"([^"\\]|\\.)*"/)) json_fail(json_rest)
        s = substr(json_rest, 2, RLENGTH - 2)
        json_rest = substr(json_rest, RLENGTH + 1)
        return json_text(s)
    }
    if (c == "[") {
        json_rest = substr(json_rest, 2)
        while (substr(json_rest, 1, 1) != "]") {
            if (substr(json_rest, 1, 1) == ",") json_rest = substr(json_rest, 2)
            if (json_rest == "") json_fail("[")
            s = s (s == "" ? "" : ";") json_value()
        }
        json_rest = substr(json_rest, 2)
        return s
    }
    if (c == "{") {
        json_rest = substr(json_rest, 2)
        while (substr(json_rest, 1, 1) != "}") {
            if (substr(json_rest, 1, 1) == ",") json_rest = substr(json_rest, 2)
            if (!match(json_rest, /^"[a-z_]+":/)) json_fail(json_rest)
            json_rest = substr(json_rest, RLENGTH + 1)
            s = s (end++ ? ":" : "") json_value()
        }
        json_rest = substr(json_rest, 2)
        return s
    }
    if (!match(json_rest, /^[-+.0-9a-z]+/)) json_fail(json_rest)
    s = substr(json_rest, 1, RLENGTH)
    json_rest = substr(json_rest, RLENGTH + 1)
    return s == "null" ? "" : s
}
function json_text(s,  out, at) { # escapes; control characters, which no test needs, become blanks
    while ((at = index(s, "\\")) > 0) {
        out = out substr(s, 1, at - 1)
        if (substr(s, at + 1, 1) == "u") { out = out " "; s = substr(s, at + 6) }
        else {
            out = out (substr(s, at + 1, 1) == "n" ? "\n" : substr(s, at + 1, 1))
            s = substr(s, at + 2)
        }
    }
    return out s
}
function json(line, record,  name) {
    split("", record)
    if (substr(line, 1, 1) != "{" || substr(line, length(line)) != "}") json_fail(line)
    json_rest = substr(line, 2, length(line) - 2)
    while (json_rest != "") {
        name = json_value()
        if (substr(json_rest, 1, 1) != ":") json_fail(line)
        json_rest = substr(json_rest, 2)
        record[name] = json_value()
        if (substr(json_rest, 1, 1) == ",") json_rest = substr(json_rest, 2)
        else if (json_rest != "") json_fail(line)
    }
}
