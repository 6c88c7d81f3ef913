package io.holdfast.ledger.postgres;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import javax.sql.DataSource;

/** What holds of a ledger's rows whatever happened to it, asked in SQL that knows nothing of the engine. */
public final class Invariants {

    private static final Map<String, String> VIOLATIONS = new LinkedHashMap<>();

    static {
        VIOLATIONS.put("each entry's debits equal its credits in each currency", """
                select e.key from holdfast.journal_entry e
                join holdfast.posting p using (ledger_id, entry_id) join holdfast.account a using (ledger_id, account_id)
                where e.ledger_id = ? group by e.key, a.currency having sum(p.side * p.amount) <> 0""");
        VIOLATIONS.put("each entry has the postings that it declares", """
                select e.key from holdfast.journal_entry e where e.ledger_id = ? and e.posting_count <> (select count(*)
                    from holdfast.posting p where p.ledger_id = e.ledger_id and p.entry_id = e.entry_id)""");
        VIOLATIONS.put("each entry's hash is that of its canonical bytes", """
                select e.key from holdfast.journal_entry e
                where e.ledger_id = ? and e.hash <> sha256(holdfast.canonical_bytes(e))""");
        VIOLATIONS.put("each balance is the sum of its postings, numbered from 1 without gaps", """
                select a.path || ' ' || b.available || ' ' || b.held || ' ' || b.last_seq || ' but ' || s.*::text
                from holdfast.balance b join holdfast.account a using (ledger_id, account_id)
                cross join lateral (select
                        coalesce(sum(p.amount * p.side * n.normal) filter (where p.part = 0), 0) as available,
                        coalesce(sum(p.amount * p.side * n.normal) filter (where p.part = 1), 0) as held,
                        count(*) as postings, count(distinct p.account_seq) as numbers,
                        coalesce(max(p.account_seq), 0) as last
                    from (select case when a.path ~ '^(assets|expenses):' then 1 else -1 end as normal) n
                    left join holdfast.posting p on p.ledger_id = b.ledger_id and p.account_id = b.account_id
                    where p.entry_id is not null) s
                where b.ledger_id = ? and (b.available, b.held, b.last_seq, b.last_seq, b.last_seq)
                    is distinct from (s.available, s.held, s.postings, s.numbers, s.last)""");
        VIOLATIONS.put("what an account holds is what its active holds have left", """
                select a.path from holdfast.balance b join holdfast.account a using (ledger_id, account_id)
                where b.ledger_id = ? and b.held <> (select coalesce(sum(h.remaining), 0) from holdfast.hold h
                    where h.ledger_id = b.ledger_id and h.account_id = b.account_id and h.state = 'ACTIVE')""");
        VIOLATIONS.put("no active hold expires before its account says", """
                select a.path from holdfast.balance b join holdfast.account a using (ledger_id, account_id)
                where b.ledger_id = ? and coalesce(b.earliest_expiry, 'infinity') > (select min(h.expires_at)
                    from holdfast.hold h
                    where h.ledger_id = b.ledger_id and h.account_id = b.account_id and h.state = 'ACTIVE')""");
        VIOLATIONS.put("each hold stands where its entries left it, and ended once", """
                select h.hold_id::text || ' ' || h.state || ' ' || f.*::text from holdfast.hold h
                cross join lateral (select
                        count(*) filter (where e.kind = 'hold') as placed,
                        count(*) filter (where e.kind = 'release') as released,
                        count(*) filter (where e.kind = 'expire') as expired,
                        coalesce(sum(p.amount) filter (where e.kind = 'commit' and p.line = 1), 0) as committed,
                        coalesce(sum(p.amount * -p.side * case when a.path ~ '^(assets|expenses):' then 1 else -1 end)
                            filter (where e.kind <> 'hold' and p.part = 1), 0) as left_held
                    from holdfast.journal_entry e
                    join holdfast.posting p on p.ledger_id = e.ledger_id and p.entry_id = e.entry_id
                        and p.part = 1
                    join holdfast.account a on a.ledger_id = p.ledger_id and a.account_id = p.account_id
                    where e.ledger_id = h.ledger_id and e.hold_id = h.hold_id) f
                where h.ledger_id = ? and not coalesce(f.placed = 1 and f.committed = h.committed
                    and h.amount - f.left_held = h.remaining and case h.state
                        when 'ACTIVE' then f.released + f.expired = 0
                        when 'COMMITTED' then f.released + f.expired = 0 and f.committed > 0
                        when 'RELEASED' then f.released = 1 and f.expired = 0
                        when 'EXPIRED' then f.expired = 1 and f.released = 0 end, false)""");
        VIOLATIONS.put("nothing is reversed beyond what was posted", """
                select o.key from holdfast.journal_entry o cross join lateral (
                    select r.account_id, r.side, sum(r.amount) as undone from holdfast.journal_entry e
                    join holdfast.posting r using (ledger_id, entry_id)
                    where e.ledger_id = o.ledger_id and e.reverses = o.entry_id group by r.account_id, r.side) u
                where o.ledger_id = ? and u.undone > (select coalesce(sum(p.amount), 0) from holdfast.posting p
                    where p.ledger_id = o.ledger_id and p.entry_id = o.entry_id
                        and p.account_id = u.account_id and p.side = -u.side)""");
    }

    private Invariants() {}

    /** Returns what is wrong with a ledger, a line for each. */
    public static List<String> violations(DataSource dataSource, String ledger) {
        List<String> violations = new ArrayList<>();
        try (Connection connection = dataSource.getConnection()) {
            for (Map.Entry<String, String> rule : VIOLATIONS.entrySet()) {
                violations.addAll(violations(connection, rule, ledger));
            }
        } catch (SQLException failure) {
            throw new AssertionError("The invariants could not be asked", failure);
        }
        return violations;
    }

    private static List<String> violations(Connection connection, Map.Entry<String, String> rule, String ledger)
            throws SQLException {
        List<String> violations = new ArrayList<>();
        String sql = rule.getValue()
                .replace("ledger_id = ?", "ledger_id = (select ledger_id from holdfast.ledger where name = ?)");
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            statement.setString(1, ledger);
            try (ResultSet rows = statement.executeQuery()) {
                while (rows.next()) {
                    violations.add(rule.getKey() + ": " + rows.getString(1));
                }
            }
        }
        return violations;
    }
}
