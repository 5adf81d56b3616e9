"""Reads the schema of a database on a server by the server's own catalogues, which are the same under every Django."""


def rows(cursor, sql):
    """All rows of a query."""
    cursor.execute(sql)
    return cursor.fetchall()


def numbered(default):
    """A default as text; one that counts up is told alike whether a sequence or the column itself does it.

    Django made sequences until 4.0 and columns that count since (4.1's release notes, "Miscellaneous").
    """
    return "counted up" if default and default.startswith("nextval(") else default


# PostgreSQL: pg_catalog ----------------------------------------------------------------------------------------------

COLUMNS = """
SELECT c.relname, a.attname, format_type(a.atttypid, a.atttypmod), a.attnotnull, pg_get_expr(d.adbin, d.adrelid)%s
FROM pg_class c JOIN pg_attribute a ON a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped
LEFT JOIN pg_attrdef d ON d.adrelid = c.oid AND d.adnum = a.attnum
WHERE c.relkind IN ('r', 'p') AND pg_table_is_visible(c.oid)
AND c.relnamespace NOT IN (SELECT oid FROM pg_namespace WHERE nspname IN ('pg_catalog', 'information_schema'))
AND NOT EXISTS (SELECT 1 FROM pg_depend e WHERE e.objid = c.oid AND e.deptype = 'e')
ORDER BY c.relname, a.attnum
"""
"""The tables that no extension made."""

INDEXES = """
SELECT c.relname, i.indisprimary, i.indisunique, m.amname::text, pg_get_expr(i.indpred, i.indrelid), i.indnatts,
ARRAY(SELECT pg_get_indexdef(i.indexrelid, k + 1, true) || COALESCE(
    (SELECT ' ' || o.opcname FROM pg_opclass o WHERE o.oid = i.indclass[k] AND NOT o.opcdefault), '')
    FROM generate_series(0, i.indnatts - 1) k)
FROM pg_index i JOIN pg_class c ON c.oid = i.indrelid JOIN pg_class x ON x.oid = i.indexrelid
JOIN pg_am m ON m.oid = x.relam
WHERE pg_table_is_visible(c.oid)
"""

CONSTRAINTS = """
SELECT c.relname, o.contype::text, pg_get_constraintdef(o.oid), f.relname,
ARRAY(SELECT a.attname::text FROM pg_attribute a WHERE a.attrelid = o.conrelid AND a.attnum = ANY(o.conkey)),
ARRAY(SELECT a.attname::text FROM pg_attribute a WHERE a.attrelid = o.confrelid AND a.attnum = ANY(o.confkey))
FROM pg_constraint o JOIN pg_class c ON c.oid = o.conrelid LEFT JOIN pg_class f ON f.oid = o.confrelid
WHERE o.contype IN ('f', 'c', 'x') AND pg_table_is_visible(c.oid)
"""

IDENTITY = ", a.attidentity::text"
IDENTITY_SINCE = 100000


def postgresql_tables(cursor):
    """The tables of a PostgreSQL database."""
    has_identity = int(rows(cursor, "SHOW server_version_num")[0][0]) >= IDENTITY_SINCE
    found = {}
    for row in rows(cursor, COLUMNS % (IDENTITY if has_identity else "")):
        default = "counted up" if row[5:] and row[5] else numbered(row[4])
        column = {"type": row[2], "null": not row[3], "default": default, "key": False}
        found.setdefault(row[0], empty())["columns"][row[1]] = column
    for table, primary, unique, method, condition, _, columns in rows(cursor, INDEXES):
        if table not in found:
            continue
        if primary:
            for name in columns:
                found[table]["columns"][name.strip('"')]["key"] = True
        else:
            kind = [] if method == "btree" else ["by %s" % method]
            only = ["where %s" % condition] if condition else []
            index = {"columns": list(columns), "unique": unique, "detail": ", ".join(kind + only)}
            found[table]["indexes"].append(index)
    for table, kind, told, other, columns, others in rows(cursor, CONSTRAINTS):
        if table not in found:
            continue
        if kind == "f":
            found[table]["keys"].append([", ".join(columns), other, ", ".join(others)])
        else:
            found[table]["checks"].append(told)
    return found


# MySQL and MariaDB: information_schema -------------------------------------------------------------------------------

MY_COLUMNS = """
SELECT c.TABLE_NAME, c.COLUMN_NAME, c.COLUMN_TYPE, c.IS_NULLABLE, c.COLUMN_DEFAULT, c.COLUMN_KEY, c.EXTRA
FROM information_schema.COLUMNS c JOIN information_schema.TABLES t
ON t.TABLE_SCHEMA = c.TABLE_SCHEMA AND t.TABLE_NAME = c.TABLE_NAME AND t.TABLE_TYPE = 'BASE TABLE'
WHERE c.TABLE_SCHEMA = DATABASE() ORDER BY c.TABLE_NAME, c.ORDINAL_POSITION
"""

MY_INDEXES = """
SELECT TABLE_NAME, INDEX_NAME, NON_UNIQUE, COLUMN_NAME, SUB_PART, INDEX_TYPE FROM information_schema.STATISTICS
WHERE TABLE_SCHEMA = DATABASE() AND INDEX_NAME <> 'PRIMARY' ORDER BY TABLE_NAME, INDEX_NAME, SEQ_IN_INDEX
"""

MY_KEYS = """
SELECT TABLE_NAME, COLUMN_NAME, REFERENCED_TABLE_NAME, REFERENCED_COLUMN_NAME FROM information_schema.KEY_COLUMN_USAGE
WHERE TABLE_SCHEMA = DATABASE() AND REFERENCED_TABLE_NAME IS NOT NULL
"""

MY_CHECKS = """
SELECT t.TABLE_NAME, c.CHECK_CLAUSE FROM information_schema.TABLE_CONSTRAINTS t
JOIN information_schema.CHECK_CONSTRAINTS c
ON c.CONSTRAINT_SCHEMA = t.CONSTRAINT_SCHEMA AND c.CONSTRAINT_NAME = t.CONSTRAINT_NAME%s
WHERE t.CONSTRAINT_TYPE = 'CHECK' AND t.TABLE_SCHEMA = DATABASE()
"""

OF_ITS_TABLE = " AND c.TABLE_NAME = t.TABLE_NAME"
"""MariaDB's checks have names that are one's own in a table only."""


def mysql_tables(cursor):
    """The tables of a MySQL or MariaDB database."""
    found = {}
    for table, name, kind, null, default, key, extra in rows(cursor, MY_COLUMNS):
        default = "counted up" if "auto_increment" in extra.lower() else text(default)
        column = {"type": text(kind), "null": null == "YES", "default": default, "key": key == "PRI"}
        found.setdefault(table, empty())["columns"][name] = column
    indexes = {}
    for table, index, plain, column, part, kind in rows(cursor, MY_INDEXES):
        one = indexes.setdefault((table, index), {"columns": [], "unique": not plain, "detail": ""})
        one["columns"].append("%s(%s)" % (column, part) if part else column or "(expression)")
        one["detail"] = "" if kind == "BTREE" else "by %s" % kind.lower()
    for (table, _), index in indexes.items():
        found[table]["indexes"].append(index)
    for table, column, other, others in rows(cursor, MY_KEYS):
        found[table]["keys"].append([column, other, others])
    for table, told in rows(cursor, MY_CHECKS % (OF_ITS_TABLE if knows_checks(cursor, "TABLE_NAME") else "")) if knows_checks(cursor, "CHECK_CLAUSE") else ():
        found[table]["checks"].append(text(told))
    return found


def knows_checks(cursor, column):
    """Whether the server lists checks with a column of that name: MySQL since 8.0.16, MariaDB since 10.2."""
    asked = "SELECT COUNT(*) FROM information_schema.COLUMNS WHERE TABLE_SCHEMA = 'information_schema' AND TABLE_NAME = 'CHECK_CONSTRAINTS' AND COLUMN_NAME = '%s'"
    return bool(rows(cursor, asked % column)[0][0])


def text(value):
    """A value as text: some servers and drivers give bytes."""
    return value.decode("utf-8", "replace") if isinstance(value, bytes) and not isinstance(value, str) else value


def empty():
    """A table of which nothing is known yet."""
    return {"columns": {}, "indexes": [], "keys": [], "checks": []}


TABLES = {"postgresql": postgresql_tables, "postgis": postgresql_tables, "mysql": mysql_tables}


def tables(connection, cursor):
    """The tables of the database a connection is open to; raises KeyError for a kind of server not known here."""
    return TABLES[connection.vendor](cursor)
